package org.tidelog.node;

/**
 * Where the passphrase of a home comes from when a key is needed for the first time. Asked at most
 * once an open, and never by what needs no key.
 */
@FunctionalInterface
public interface Passphrase {
  /**
   * The passphrase; the caller wipes the array.
   *
   * @param purpose what it is for, to be shown to a person
   * @throws TidelogException with {@link ErrorKind#NEEDS_PASSPHRASE} where there is nobody to ask
   */
  char[] ask(String purpose);

  /** No passphrase: for homes without one. A protected home then refuses what needs a key. */
  static Passphrase none() {
    return NoPassphrase.INSTANCE;
  }

  /** A passphrase that is known already. */
  static Passphrase of(char[] passphrase) {
    char[] copy = passphrase.clone();
    return purpose -> copy.clone();
  }
}
