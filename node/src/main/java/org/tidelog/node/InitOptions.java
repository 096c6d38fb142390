package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.phrase.RecoveryPhrase;

/**
 * How a new device begins.
 *
 * @param passphrase protects the key store; {@link Passphrase#none()} leaves it to the file's
 *     permissions
 * @param displayName goes, signed, into each log's first entry; at most 256 bytes of UTF-8
 * @param recoveryPhrase of the key that can continue this device's logs; empty: a random one that
 *     nobody ever sees
 * @param recovers whether the phrase is that of an earlier device, whose logs this one continues
 */
public record InitOptions(
    Passphrase passphrase,
    Optional<String> displayName,
    Optional<RecoveryPhrase> recoveryPhrase,
    boolean recovers) {
  public static InitOptions defaults() {
    return new InitOptions(Passphrase.none(), Optional.empty(), Optional.empty(), false);
  }

  public InitOptions withPassphrase(Passphrase other) {
    return new InitOptions(other, displayName, recoveryPhrase, recovers);
  }

  public InitOptions withDisplayName(String name) {
    return new InitOptions(passphrase, Optional.of(name), recoveryPhrase, recovers);
  }

  /** With a new phrase, which the caller shows to the owner. */
  public InitOptions withRecoveryPhrase(RecoveryPhrase phrase) {
    return new InitOptions(passphrase, displayName, Optional.of(phrase), false);
  }

  /**
   * With the phrase of a device that is lost. Logs are begun with the first entry, so that those of
   * the old device, fetched before, can be continued.
   */
  public InitOptions recovering(RecoveryPhrase phrase) {
    return new InitOptions(passphrase, displayName, Optional.of(phrase), true);
  }
}
