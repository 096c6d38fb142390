package org.tidelog.node.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Passphrase;
import org.tidelog.node.Problem;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.TimeSource;
import org.tidelog.node.Tokens;
import org.tidelog.node.cli.output.Failure;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine;

/**
 * What a running command works with. Opens the home when first asked for it, and keeps count of
 * what went wrong.
 */
final class Context implements AutoCloseable {
  private static final String TOKENS = "TIDELOG_TOKENS";

  private final Globals globals;
  private final Host host;
  private final Output output;
  private final CommandLine commandLine;
  private @Nullable Tidelog tidelog;
  private boolean leftOpen;
  private int exitCode;

  Context(Globals globals, Host host, Output output, CommandLine commandLine) {
    this.globals = globals;
    this.host = host;
    this.output = output;
    this.commandLine = commandLine;
  }

  Output output() {
    return output;
  }

  InputStream standardInput() {
    return host.in();
  }

  Path home() {
    return globals.home(host);
  }

  TimeSource timeSource() {
    return globals.timeSource();
  }

  Instant now() {
    return timeSource().now();
  }

  /** The whole command line, for describing itself. */
  CommandLine commandLine() {
    return commandLine;
  }

  /** The home, opened. */
  Tidelog tidelog() {
    if (tidelog == null) {
      tidelog =
          Tidelog.open(
              home(),
              TidelogOptions.defaults()
                  .withPassphrase(existingPassphrase())
                  .withMirrors(globals.mirrors)
                  .withTokens(
                      host.variable(TOKENS)
                          .map(text -> Tokens.parse(text, "the variable " + TOKENS))
                          .orElse(Tokens.none()))
                  .withNotices(notice -> output.notice(notice.word(), notice.message()))
                  .withTime(timeSource()));
    }
    return tidelog;
  }

  /** The passphrase of what is there already. */
  Passphrase existingPassphrase() {
    return Passphrases.existing(globals.passphraseFile(), host.prompt());
  }

  /** Somebody to ask, if there is a terminal. */
  Optional<Prompt> prompt() {
    return host.prompt();
  }

  /** The passphrase a new home is to have. */
  Passphrase chosenPassphrase() {
    if (globals.noPassphrase && globals.passphraseFile().isPresent()) {
      throw CommandFailure.of(
          ErrorKind.USAGE,
          "passphrase: --no-passphrase and --passphrase-file exclude each other",
          "one of them");
    }
    return globals.noPassphrase
        ? Passphrase.none()
        : Passphrases.chosen(globals.passphraseFile(), host.prompt());
  }

  boolean noPassphrase() {
    return globals.noPassphrase;
  }

  /** Prints a failure that does not stop the command. */
  void report(Failure failure) {
    output.failure(failure);
    exitWith(failure.exitCode());
  }

  /** Ends with that exit code, unless something graver happens. */
  void exitWith(int code) {
    exitCode = ExitCodes.graver(exitCode, code);
  }

  void report(Problem problem) {
    report(Failures.of(problem));
  }

  /** Prints a failure, and where it came from if somebody wants to know. */
  void report(Throwable thrown) {
    if (isInterrupted()) {
      return;
    }
    report(Failures.of(thrown));
    if (globals.verbose) {
      output.err(StackTraces.text(thrown));
    }
  }

  /** What fails while the process is being ended fails because of that, and is nobody's news. */
  private static boolean isInterrupted() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread("never-started"));
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  int exitCode() {
    return exitCode;
  }

  /**
   * Ends the process without closing the home, as a kill would: something goes on that nobody wants
   * to wait for any longer. What was acknowledged is on disk.
   */
  void leaveOpen() {
    leftOpen = true;
  }

  /** Closes the home. */
  @Override
  public void close() {
    if (!leftOpen) Optional.ofNullable(tidelog).ifPresent(Tidelog::close);
  }
}
