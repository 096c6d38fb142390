package org.tidelog.node;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of this device.
 *
 * @param storeBytes what the store takes on disk
 * @param clockConfirmed whether the clock is trusted; while it is not, nothing expires
 * @param trustedTime what the clock says, or said last when it was trusted
 * @param daemon whether a daemon runs on this home
 * @param pending why this home will become a new device at its next write, as far as that can be
 *     told without a passphrase
 * @param renewed when and why it last did
 * @param layers how those layers of the mirror have fared that are on a network
 */
public record DeviceStatus(
    String peerId,
    Path home,
    long storeBytes,
    boolean daemon,
    Optional<RenewalReason> pending,
    Optional<Renewal> renewed,
    boolean clockConfirmed,
    Instant trustedTime,
    List<LayerStatus> layers) {
  public DeviceStatus {
    layers = List.copyOf(layers);
  }
}
