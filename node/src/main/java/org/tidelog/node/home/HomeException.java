package org.tidelog.node.home;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;

/**
 * A home could not be made, opened or used. The message says what and why, for people; the hint
 * what to do.
 */
public final class HomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Kind {
    /** There is no home. */
    NOT_FOUND,
    /** There is something where a home was to be made. */
    EXISTS,
    /** Another process, or another part of this one, has it open. */
    LOCKED,
    /** Others than the owner could read its keys. */
    EXPOSED,
    /** Its files are not what was written there. */
    DAMAGED,
    NO_SPACE,
    /** Anything else the operating system reported. */
    FAILED
  }

  private final Kind kind;
  private final @Nullable String hint;

  HomeException(Kind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  static HomeException of(String what, IOException e) {
    if (e instanceof NoSpaceException) {
      return new HomeException(
          Kind.NO_SPACE, what + ": no space left", "free some space and try again", e);
    }
    return new HomeException(Kind.FAILED, what + ": " + IoReason.of(e), null, e);
  }

  public Kind kind() {
    return kind;
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
