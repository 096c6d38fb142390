package org.tidelog.crypto.keystore;

/**
 * The key store does not open: the passphrase is another one, or what it protects was tampered
 * with.
 */
public final class WrongPassphraseException extends Exception {
  private static final long serialVersionUID = 1L;

  public WrongPassphraseException(String message) {
    super(message);
  }
}
