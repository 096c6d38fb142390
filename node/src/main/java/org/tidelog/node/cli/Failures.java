package org.tidelog.node.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Problem;
import org.tidelog.node.TidelogException;
import org.tidelog.node.cli.output.Failure;

/** Puts what went wrong into words and an exit code. */
final class Failures {
  private Failures() {}

  static Failure of(Throwable thrown) {
    if (thrown instanceof CommandFailure own) {
      return own.failure();
    }
    if (thrown instanceof TidelogException known) {
      ErrorKind kind = known.kind();
      return new Failure(kind.word(), kind.exitCode(), message(known), known.hint());
    }
    if (thrown instanceof UncheckedIOException unchecked) {
      IOException cause = unchecked.getCause();
      return ofIo(cause == null ? new IOException(message(unchecked)) : cause);
    }
    if (thrown instanceof IOException io) {
      return ofIo(io);
    }
    if (thrown instanceof OutOfMemoryError) {
      return new Failure("out-of-memory", 1, "memory: there is not enough for this");
    }
    return new Failure(
        "internal",
        1,
        "internal error: this should not have happened",
        Optional.of("again with --verbose, and report what it prints"));
  }

  static Failure of(Problem problem) {
    ErrorKind kind = problem.kind();
    return new Failure(kind.word(), kind.exitCode(), problem.where() + ": " + problem.what());
  }

  static Failure usage(String message, String hint) {
    return new Failure(
        ErrorKind.USAGE.word(), ErrorKind.USAGE.exitCode(), message, Optional.of(hint));
  }

  /** Says what went wrong with {@code what}, where the exception does not. */
  static CommandFailure io(String what, IOException e) {
    Failure failure = ofIo(e);
    String why = failure.message().startsWith(what) ? failure.message() : what + ": " + reason(e);
    return CommandFailure.of(
        failure.exitCode() == ErrorKind.NO_SPACE.exitCode() ? ErrorKind.NO_SPACE : ErrorKind.IO,
        why);
  }

  private static Failure ofIo(IOException e) {
    ErrorKind kind = outOfSpace(e) ? ErrorKind.NO_SPACE : ErrorKind.IO;
    String file = e instanceof FileSystemException named ? named.getFile() : null;
    String message = file == null ? reason(e) : file + ": " + reason(e);
    return new Failure(kind.word(), kind.exitCode(), message);
  }

  private static boolean outOfSpace(IOException e) {
    String message = message(e);
    return message.contains("No space left")
        || message.contains("quota exceeded")
        || message.contains("File too large");
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (e instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return message(e);
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? "it failed without saying why" : e.getMessage();
  }
}
