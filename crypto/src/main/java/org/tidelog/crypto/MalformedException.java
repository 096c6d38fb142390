package org.tidelog.crypto;

/**
 * Bytes or text that do not decode. The message names what was read and where, and never holds a
 * secret. Checked, because whoever reads what others wrote must say what happens then.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message);
  }

  public MalformedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Always there: whoever refuses bytes says why. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
