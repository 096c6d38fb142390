package org.tidelog.node.cli;

import java.util.Arrays;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code tidelog}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // The store's driver asks for a logger we do not have; its remark about that is for nobody.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int exitCode = run(args, Host.ofProcess());
    // Not a return: a thread that still waits for something shall not keep the process.
    Runtime.getRuntime().exit(exitCode);
  }

  static int run(String[] args, Host host) {
    TidelogCommand root = new TidelogCommand();
    CommandLine line = CommandLines.create(root);
    ParseResult parsed;
    try {
      parsed = line.parseArgs(args);
    } catch (ParameterException e) {
      return usage(e, args, host);
    }
    root.globals.gather(parsed);
    Output output = new Output(host.out(), host.err(), root.globals.outputMode(host));
    Context context = new Context(root.globals, host, output, line);
    try {
      run(deepest(parsed), context);
    } catch (Throwable e) {
      // Errors too: whoever called the program gets one line and an exit code, whatever happened.
      context.report(e);
    }
    return finish(context);
  }

  private static void run(ParseResult parsed, Context context) throws Exception {
    CommandLine command = parsed.commandSpec().commandLine();
    if (parsed.isVersionHelpRequested()) {
      context.output().line(Version.text());
    } else if (parsed.isUsageHelpRequested()) {
      context.output().line(command.getUsageMessage().stripTrailing());
    } else if (command.getCommand() instanceof Action action) {
      try (context) {
        action.run(context);
      }
    } else {
      context.report(Usage.commandMissing(command));
    }
  }

  private static ParseResult deepest(ParseResult parsed) {
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand() && !deepest.isVersionHelpRequested()) {
      deepest = deepest.subcommand();
    }
    return deepest;
  }

  private static int finish(Context context) {
    try {
      context.output().flush();
    } catch (RuntimeException e) {
      context.report(e);
    }
    return context.exitCode();
  }

  /** Nothing is parsed yet, so the way of saying it is looked up in the words themselves. */
  private static int usage(ParameterException e, String[] args, Host host) {
    Globals globals = new Globals();
    globals.json = Arrays.asList(args).contains("--json");
    Output output = new Output(host.out(), host.err(), globals.outputMode(host));
    output.failure(Usage.of(e));
    return ExitCodes.USAGE;
  }
}
