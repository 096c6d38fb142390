package org.tidelog.crypto.keystore;

/** What stands between a reader of the key store's bytes and the secrets. */
public sealed interface Protection {
  /** Nothing but the permissions of the file. */
  static Protection none() {
    return new None();
  }

  /** A passphrase at the {@link Argon2Cost#DEFAULT} cost. */
  static Protection passphrase(char[] passphrase) {
    return new Passphrase(passphrase, Argon2Cost.DEFAULT);
  }

  /** The data key lies in the file in clear. */
  record None() implements Protection {}

  /**
   * A passphrase and what guessing it is to cost.
   *
   * @param characters at least one, taken as typed, without normalisation. The array is the
   *     caller's, not copied, so that the caller can wipe it
   */
  record Passphrase(char[] characters, Argon2Cost cost) implements Protection {
    public Passphrase {
      if (characters.length == 0) throw new IllegalArgumentException("characters: none");
    }

    @Override
    public String toString() {
      return "Passphrase[secret]";
    }
  }
}
