package org.tidelog.mvds;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.RecordType;

/** The state of 2/MVDS: what is sent to whom until it is answered. */
final class Records {
  private final Ledger ledger;
  private final MvdsSettings settings;
  private final DueRecords due = new DueRecords();
  private long nextNumber;

  Records(Ledger ledger, MvdsSettings settings) {
    this.ledger = ledger;
    this.settings = settings;
  }

  /** A record that the store has. */
  void restore(PeerRecord record) {
    file(record);
    nextNumber = Math.max(nextNumber, record.number + 1);
  }

  /** Something is to be sent from the next epoch on, unless it is being sent already. */
  void add(PeerState peer, RecordType type, Digest message, long epoch) {
    Dialect dialect = settings.dialect();
    if (dialect.has(Divergence.RECORD_COLLISION)) {
      if (peer.records(message) != null) return;
    } else if (!dialect.has(Divergence.DUPLICATE_RECORDS) && peer.has(message, type)) {
      return;
    }
    PeerRecord record = new PeerRecord(nextNumber++, type, peer, message);
    record.sendEpoch = epoch + (dialect.has(Divergence.NEW_RECORD_DELAYED) ? 2 : 1);
    file(record);
    ledger.touched(record);
  }

  private void file(PeerRecord record) {
    record.peer.add(record);
    due.add(record);
  }

  /** A record went out in this epoch. */
  void sent(PeerRecord record, long epoch) {
    due.remove(record);
    record.sendCount++;
    record.sendEpoch = settings.schedule().nextSendEpoch(record.sendCount, epoch);
    if (record.sendEpoch <= epoch) throw new IllegalStateException("schedule: not later");
    due.add(record);
    ledger.touched(record);
  }

  void remove(PeerRecord record) {
    record.peer.remove(record);
    due.remove(record);
    ledger.removed(record);
  }

  /** Removes all records of a peer and a message. */
  void remove(PeerState peer, Digest message) {
    remove(peer, message, null);
  }

  /** Removes those of one type, or of each where it is null. */
  void remove(PeerState peer, Digest message, @Nullable RecordType type) {
    PeerRecord at = peer.records(message);
    while (at != null) {
      PeerRecord next = at.alike;
      if (type == null || at.type == type) remove(at);
      at = next;
    }
  }

  List<PeerRecord> until(long epoch) {
    return due.until(epoch);
  }

  OptionalLong earliest() {
    return due.earliest();
  }
}
