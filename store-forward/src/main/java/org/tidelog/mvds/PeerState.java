package org.tidelog.mvds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.RecordType;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Payload;

/** What a node keeps of one peer: its records by message, and what it gets in the next payload. */
final class PeerState {
  final int number;

  /** Groups that it has a part in. */
  int groups;

  /** Records of type REQUEST. */
  int requests;

  /** Messages from it that wait for their parents, and their bytes. */
  int buffered;

  long bufferedBytes;

  /** Messages it is told about once, in the next payload. */
  final Collection<Digest> acks;

  final Collection<Message> ephemerals = new ArrayDeque<>(1);

  /** The payload of this epoch, while it is being filled. */
  Payload.@Nullable Builder draft;

  int draftBytes;

  private final Map<Digest, PeerRecord> records = new HashMap<>();

  PeerState(int number, boolean acksTwice) {
    this.number = number;
    this.acks = acksTwice ? new ArrayDeque<>(1) : new LinkedHashSet<>();
  }

  /** The records of a message, each linked to the next. */
  @Nullable PeerRecord records(Digest message) {
    return records.get(message);
  }

  boolean has(Digest message, RecordType type) {
    for (PeerRecord at = records.get(message); at != null; at = at.alike) {
      if (at.type == type) return true;
    }
    return false;
  }

  /** All records, oldest first. */
  List<PeerRecord> records() {
    List<PeerRecord> all = new ArrayList<>();
    for (PeerRecord first : records.values()) {
      for (PeerRecord at = first; at != null; at = at.alike) all.add(at);
    }
    all.sort((one, other) -> Long.compare(one.number, other.number));
    return all;
  }

  void add(PeerRecord record) {
    record.alike = records.put(record.message, record);
    if (record.type == RecordType.REQUEST) requests++;
  }

  void remove(PeerRecord record) {
    PeerRecord first = records.get(record.message);
    if (first == record) {
      if (record.alike == null) {
        records.remove(record.message);
      } else {
        records.put(record.message, record.alike);
      }
    } else {
      PeerRecord before = first;
      while (before != null && before.alike != record) before = before.alike;
      if (before == null) throw new AssertionError("record of another peer");
      before.alike = record.alike;
    }
    if (record.type == RecordType.REQUEST) requests--;
  }

  void acknowledge(Digest message) {
    if (acks.size() < PeerLimits.ACKS_PENDING_MAX) acks.add(message);
  }
}
