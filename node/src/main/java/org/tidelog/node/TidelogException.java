package org.tidelog.node;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something could not be done. The message says what and why, for people; {@link #kind} is for
 * programs; the hint, where there is one, says what to do.
 */
public final class TidelogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final @Nullable String hint;

  public TidelogException(ErrorKind kind, String message) {
    this(kind, message, null, null);
  }

  public TidelogException(ErrorKind kind, String message, @Nullable String hint) {
    this(kind, message, hint, null);
  }

  public TidelogException(
      ErrorKind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  public ErrorKind kind() {
    return kind;
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
