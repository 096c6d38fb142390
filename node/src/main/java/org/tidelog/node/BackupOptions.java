package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.keystore.Argon2Cost;

/**
 * How a backup is made.
 *
 * @param passphrase what opens it; empty: that of the home
 * @param replace whether a file that is there already may be replaced
 * @param cost what guessing the passphrase takes; empty: as much as this process has memory for
 */
public record BackupOptions(
    Optional<Passphrase> passphrase, boolean replace, Optional<Argon2Cost> cost) {
  public static BackupOptions defaults() {
    return new BackupOptions(Optional.empty(), false, Optional.empty());
  }

  public BackupOptions withPassphrase(Passphrase other) {
    return new BackupOptions(Optional.of(other), replace, cost);
  }

  public BackupOptions withReplacing() {
    return new BackupOptions(passphrase, true, cost);
  }

  public BackupOptions withCost(Argon2Cost other) {
    return new BackupOptions(passphrase, replace, Optional.of(other));
  }
}
