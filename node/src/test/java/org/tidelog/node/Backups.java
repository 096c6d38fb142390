package org.tidelog.node;

import java.nio.file.Path;
import org.tidelog.crypto.keystore.Argon2Cost;

/** Backups for tests: under one passphrase, which is cheap to check. */
final class Backups {
  static final Passphrase PASSPHRASE = Passphrase.of("correct horse".toCharArray());
  static final BackupOptions CHEAP =
      BackupOptions.defaults().withPassphrase(PASSPHRASE).withCost(Argon2Cost.LEAST);
  static final RestoreOptions OPEN =
      RestoreOptions.defaults().withBackupPassphrase(PASSPHRASE).withTime(() -> Devices.NOON);

  private Backups() {}

  static BackupReport backup(Tidelog tidelog, Path file) {
    return tidelog.backup(file, CHEAP, Progress.none());
  }

  static RestoreReport restore(Path file, Path home) {
    return Tidelog.restore(file, home, OPEN, Progress.none());
  }
}
