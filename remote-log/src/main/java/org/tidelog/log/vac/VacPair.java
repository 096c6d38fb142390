package org.tidelog.log.vac;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.multiformats.Cid;

/**
 * One message of a page: its own hash, and where its content is. At least one of address and data
 * is there.
 *
 * @param address where the content lies, {@code remoteHash}
 * @param data the content itself
 */
public record VacPair(Optional<Cid> address, Digest id, Optional<byte[]> data) {
  public VacPair {
    if (!address.isPresent() && !data.isPresent()) {
      throw new IllegalArgumentException("address, data: neither");
    }
  }

  static VacPair embedded(VacMessage message) {
    return new VacPair(Optional.empty(), message.id(), Optional.of(message.content()));
  }

  static VacPair mapped(VacMessage message, Cid address) {
    return new VacPair(Optional.of(address), message.id(), Optional.empty());
  }
}
