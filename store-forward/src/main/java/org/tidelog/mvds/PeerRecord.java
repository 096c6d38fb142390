package org.tidelog.mvds;

import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.RecordType;
import org.tidelog.mvds.spi.StoredRecord;

/** A record that is in the state, with its places in the peer's table and among what is due. */
final class PeerRecord {
  final long number;
  final RecordType type;
  final PeerState peer;
  final Digest message;

  int sendCount;
  long sendEpoch;

  /** The next record of the same peer and message. */
  @Nullable PeerRecord alike;

  /** Where it waits for its epoch; none before it is filed and after it is done. */
  DueRecords.@Nullable Bucket bucket;

  PeerRecord(long number, RecordType type, PeerState peer, Digest message) {
    this.number = number;
    this.type = type;
    this.peer = peer;
    this.message = message;
  }

  static PeerRecord of(StoredRecord stored, PeerState peer) {
    PeerRecord record = new PeerRecord(stored.number(), stored.type(), peer, stored.message());
    record.sendCount = stored.sendCount();
    record.sendEpoch = stored.sendEpoch();
    return record;
  }

  StoredRecord stored() {
    return new StoredRecord(number, type, peer.number, message, sendCount, sendEpoch);
  }
}
