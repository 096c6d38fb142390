package org.tidelog.sim.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program's name, with the options that stand before any command's. */
@Command(name = "tidelog", synopsisHeading = "Usage: ", subcommands = SimCommand.class)
final class SimRoot {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show which version this is.")
  boolean version;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object a line, and nothing else.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No progress bar.")
  boolean quiet;

  /** What other commands of the program need; a wrapper may give it to all of them. */
  @Option(
      names = {"--home", "--mirror", "--color", "--passphrase-file", "--time"},
      hidden = true,
      scope = ScopeType.INHERIT)
  String ignored = "";

  @Option(
      names = {"-v", "--verbose", "--no-passphrase"},
      hidden = true,
      scope = ScopeType.INHERIT)
  boolean ignoredFlag;
}
