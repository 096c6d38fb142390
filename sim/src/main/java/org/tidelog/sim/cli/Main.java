package org.tidelog.sim.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelog.sim.results.ResultsException;
import org.tidelog.sim.run.Version;
import org.tidelog.sim.scenario.ScenarioException;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program behind {@code tidelog sim}. */
public final class Main {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int WRONG_DATA = 3;
  static final int INTERRUPTED = 130;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    int exitCode =
        run(
            args,
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            Terminal.isTerminal(2));
    // Not a return: a thread that still runs shall not keep the process.
    Runtime.getRuntime().exit(exitCode);
  }

  static int run(String[] args, OutputStream out, OutputStream err, boolean errTerminal) {
    boolean isJson = Arrays.asList(args).contains("--json");
    boolean isQuiet = Arrays.asList(args).contains("--quiet") || Arrays.asList(args).contains("-q");
    Console console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            isJson,
            errTerminal && !isQuiet);
    CommandLine line = new CommandLine(new SimRoot());
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    line.setUsageHelpWidth(100);
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    try {
      int exitCode = run(line.parseArgs(args), console);
      console.flush();
      return exitCode;
    } catch (ParameterException e) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      String what = name.startsWith("tidelog ") ? name.substring("tidelog ".length()) : "usage";
      console.failure("usage", what + ": " + e.getMessage(), name + " --help");
      return USAGE;
    }
  }

  private static int run(ParseResult parsed, Console console) {
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    CommandLine command = deepest.commandSpec().commandLine();
    if (deepest.isUsageHelpRequested()) {
      console.line(command.getUsageMessage().stripTrailing());
      return DONE;
    }
    if (deepest.isVersionHelpRequested()) {
      console.line("tidelog " + Version.text());
      return DONE;
    }
    if (command.getCommand() instanceof Action action) {
      return run(action, console, command.getCommandSpec().name());
    }
    String names = String.join(", ", command.getSubcommands().keySet());
    console.failure(
        "usage",
        "sim: say what to do: " + names,
        command.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private static int run(Action action, Console console, String name) {
    String what = "sim " + name + ": ";
    try {
      return action.run(console);
    } catch (ScenarioException e) {
      boolean isSaid = String.valueOf(e.getMessage()).startsWith("--");
      console.failure(
          isSaid ? "usage" : "malformed", what + e.getMessage(), "tidelog sim show headline");
      return isSaid ? USAGE : WRONG_DATA;
    } catch (ResultsException e) {
      console.failure("malformed", what + e.getMessage(), "tidelog sim run smoke --out DIR");
      return WRONG_DATA;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    } catch (IOException | UncheckedIOException e) {
      console.failure("failed", what + e.getMessage(), "");
      return FAILED;
    } catch (OutOfMemoryError e) {
      console.failure(
          "failed", what + "out of memory", "fewer devices, or --threads 1, or a larger heap");
      return FAILED;
    } catch (AssertionError | IllegalStateException e) {
      // The simulator checks itself: what it found wrong is worth more than a table.
      console.failure("failed", what + "a check failed: " + e.getMessage(), "");
      return FAILED;
    }
  }
}
