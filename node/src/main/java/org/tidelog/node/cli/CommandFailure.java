package org.tidelog.node.cli;

import java.util.Optional;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.cli.output.Failure;

/** A command cannot go on, for a reason the command line itself found. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  private CommandFailure(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  static CommandFailure of(ErrorKind kind, String message) {
    return new CommandFailure(new Failure(kind.word(), kind.exitCode(), message));
  }

  static CommandFailure of(ErrorKind kind, String message, String hint) {
    return new CommandFailure(
        new Failure(kind.word(), kind.exitCode(), message, Optional.of(hint)));
  }

  Failure failure() {
    return failure;
  }
}
