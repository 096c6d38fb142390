package org.tidelog.log.spi;

/**
 * A local store failed. What was acknowledged before is still there; nothing more may be written
 * before it is opened again.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as it can be told. */
  public enum Cause {
    /** No space left on the device. */
    FULL,
    /** The stored bytes are not what was stored. */
    DAMAGED,
    /** Anything else the operating system reported. */
    FAILED
  }

  private final Cause why;

  public StoreException(Cause why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  public StoreException(Cause why, String message) {
    super(message);
    this.why = why;
  }

  public Cause why() {
    return why;
  }
}
