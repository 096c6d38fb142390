package org.tidelog.node;

/** The answer of who has no passphrase. */
final class NoPassphrase implements Passphrase {
  static final NoPassphrase INSTANCE = new NoPassphrase();

  private NoPassphrase() {}

  @Override
  public char[] ask(String purpose) {
    throw new TidelogException(
        ErrorKind.NEEDS_PASSPHRASE,
        "cannot " + purpose + ": the keys of this home are protected by a passphrase",
        "give the passphrase, for example by --passphrase-file FILE");
  }
}
