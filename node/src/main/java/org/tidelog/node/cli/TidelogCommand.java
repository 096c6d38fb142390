package org.tidelog.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program without a command: only its options. */
@Command(
    name = "tidelog",
    customSynopsis = "tidelog [OPTIONS] COMMAND [OPTIONS] [ARGS]",
    description = {
      "Signed, hash-linked logs between devices that are offline most of the time.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "Options, before or after the command:%n",
    footer = {
      "",
      "Examples:",
      "  tidelog init --display-name Kim",
      "  tidelog topic create trip",
      "  tidelog append trip 'see you at nine'",
      "  tidelog publish --mirror /media/stick/mirror",
      "  tidelog demo",
      "",
      "What replication costs, for many devices in virtual time: tidelog sim --help.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong data, 4 incomplete, 5 home in use,",
      "6 no space left, 130 interrupted."
    },
    subcommands = {
      InitCommand.class,
      TopicCommand.class,
      AppendCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ImportCarCommand.class,
      PublishCommand.class,
      RepublishCommand.class,
      FollowCommand.class,
      FetchCommand.class,
      ReadCommand.class,
      CursorCommand.class,
      VerifyCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      DeleteCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ClockCommand.class,
      ConfigCommand.class,
      DemoCommand.class,
      CompletionCommand.class
    })
final class TidelogCommand {
  @Mixin Globals globals = new Globals();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help, or that of a command.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show which version this is.")
  boolean version;
}
