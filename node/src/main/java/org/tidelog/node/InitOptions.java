package org.tidelog.node;

import java.util.Optional;

/**
 * How a new device begins.
 *
 * @param passphrase protects the key store; {@link Passphrase#none()} leaves it to the file's
 *     permissions
 * @param displayName goes, signed, into each log's first entry; at most 256 bytes of UTF-8
 */
public record InitOptions(Passphrase passphrase, Optional<String> displayName) {
  public static InitOptions defaults() {
    return new InitOptions(Passphrase.none(), Optional.empty());
  }

  public InitOptions withPassphrase(Passphrase other) {
    return new InitOptions(other, displayName);
  }

  public InitOptions withDisplayName(String name) {
    return new InitOptions(passphrase, Optional.of(name));
  }
}
