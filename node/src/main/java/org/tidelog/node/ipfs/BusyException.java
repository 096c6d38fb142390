package org.tidelog.node.ipfs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server wants to be left alone for a while. */
public final class BusyException extends IOException {
  static final int TOO_MANY = 429;
  static final int UNAVAILABLE = 503;

  private static final long serialVersionUID = 1L;
  private static final long SECONDS_DEFAULT = 30;

  /** A server that says never is asked again after this. */
  private static final long SECONDS_MAX = 3_600;

  private final long seconds;

  private BusyException(String message, long seconds) {
    super(message);
    this.seconds = seconds;
  }

  /** Takes a {@code Retry-After} of seconds; a date, or nothing, is half a minute. */
  static BusyException of(int status, @Nullable String retryAfter) {
    long seconds = SECONDS_DEFAULT;
    if (retryAfter != null && retryAfter.matches("[0-9]{1,9}")) {
      seconds = Math.min(SECONDS_MAX, Long.parseLong(retryAfter));
    }
    return new BusyException(
        "it is busy (HTTP " + status + ") and asks to wait " + seconds + " s", seconds);
  }

  /** How long to wait, 0 to 3600. */
  public long seconds() {
    return seconds;
  }
}
