package org.tidelog.node;

import java.util.Optional;

/**
 * How a home is made of a backup.
 *
 * @param passphrase protects the new home's keys; {@link Passphrase#none()} leaves them to the
 *     file's permissions
 * @param backupPassphrase what opens the backup; empty: the same as the new home's
 * @param time what the clock says
 */
public record RestoreOptions(
    Passphrase passphrase, Optional<Passphrase> backupPassphrase, TimeSource time) {
  public static RestoreOptions defaults() {
    return new RestoreOptions(Passphrase.none(), Optional.empty(), TimeSource.system());
  }

  public RestoreOptions withPassphrase(Passphrase other) {
    return new RestoreOptions(other, backupPassphrase, time);
  }

  public RestoreOptions withBackupPassphrase(Passphrase other) {
    return new RestoreOptions(passphrase, Optional.of(other), time);
  }

  public RestoreOptions withTime(TimeSource other) {
    return new RestoreOptions(passphrase, backupPassphrase, other);
  }
}
