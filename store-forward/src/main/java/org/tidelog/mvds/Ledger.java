package org.tidelog.mvds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Membership;
import org.tidelog.mvds.spi.MvdsStore;
import org.tidelog.mvds.spi.StoreChange;
import org.tidelog.mvds.spi.StoredRecord;
import org.tidelog.mvds.spi.Undelivered;
import org.tidelog.mvds.wire.Message;

/** The store as one input leaves it: what it changes is seen here at once, and kept together. */
final class Ledger {
  private final MvdsStore store;
  private final Map<Digest, Message> held = new HashMap<>();
  private Pending pending = new Pending();

  /** What the input has changed so far. */
  private static final class Pending {
    final List<Membership> joined = new ArrayList<>(0);
    final List<Membership> left = new ArrayList<>(0);
    final List<Message> held = new ArrayList<>(0);
    final List<Undelivered> undelivered = new ArrayList<>(0);
    final List<Digest> delivered = new ArrayList<>(0);
    final List<PeerRecord> touched = new ArrayList<>(0);
    final List<Long> removed = new ArrayList<>(0);

    StoreChange change() {
      List<StoredRecord> records = new ArrayList<>(touched.size());
      for (PeerRecord record : touched) {
        if (record.bucket != null) records.add(record.stored());
      }
      return new StoreChange(joined, left, held, undelivered, delivered, records, removed);
    }
  }

  Ledger(MvdsStore store) {
    this.store = store;
  }

  boolean holds(Digest message) {
    return held.containsKey(message) || store.holds(message);
  }

  Optional<Message> message(Digest id) {
    @Nullable Message fresh = held.get(id);
    return fresh == null ? store.message(id) : Optional.of(fresh);
  }

  List<Digest> childless(Digest group) {
    return store.childless(group);
  }

  void joined(Membership membership) {
    pending.joined.add(membership);
  }

  void left(Membership membership) {
    pending.left.add(membership);
  }

  void hold(Message message) {
    held.put(message.id(), message);
    pending.held.add(message);
  }

  void undelivered(Digest message, int peer) {
    pending.undelivered.add(new Undelivered(message, peer));
  }

  void delivered(Digest message) {
    pending.delivered.add(message);
  }

  /** A record is new or was sent. */
  void touched(PeerRecord record) {
    pending.touched.add(record);
  }

  void removed(PeerRecord record) {
    pending.removed.add(record.number);
  }

  /** The input is over. */
  void commit() {
    StoreChange change = pending.change();
    pending = new Pending();
    held.clear();
    if (!change.isEmpty()) store.apply(change);
  }
}
