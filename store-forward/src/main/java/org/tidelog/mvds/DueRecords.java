package org.tidelog.mvds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records by the epoch in which they may be sent: what is not due costs nothing. A record is filed
 * in one bucket at a time; taking it out leaves a gap there, so both are done in constant time.
 */
final class DueRecords {
  private static final Comparator<PeerRecord> BY_NUMBER =
      (one, other) -> Long.compare(one.number, other.number);

  private final TreeMap<Long, Bucket> buckets = new TreeMap<>();

  /** Most records are filed where the one before was. */
  private @Nullable Bucket last;

  /** The records of one epoch, and those that were here once. */
  static final class Bucket {
    private final long epoch;
    private final List<PeerRecord> records = new ArrayList<>();
    private int live;

    Bucket(long epoch) {
      this.epoch = epoch;
    }
  }

  /** Files a record, which is filed nowhere, at its send epoch. */
  void add(PeerRecord record) {
    Bucket bucket = last;
    if (bucket == null || bucket.epoch != record.sendEpoch) {
      bucket = buckets.computeIfAbsent(record.sendEpoch, Bucket::new);
      last = bucket;
    }
    bucket.records.add(record);
    bucket.live++;
    record.bucket = bucket;
  }

  void remove(PeerRecord record) {
    Bucket bucket = record.bucket;
    if (bucket == null) return;
    record.bucket = null;
    if (--bucket.live > 0) return;
    buckets.remove(bucket.epoch);
    if (last == bucket) last = null;
  }

  OptionalLong earliest() {
    return buckets.isEmpty() ? OptionalLong.empty() : OptionalLong.of(buckets.firstKey());
  }

  /**
   * The records that may be sent in {@code epoch}, which stay filed: those that have waited longest
   * first, and of one epoch those that were made first, so that the order outlives a restart.
   */
  List<PeerRecord> until(long epoch) {
    List<PeerRecord> due = new ArrayList<>();
    for (Map.Entry<Long, Bucket> entry : buckets.headMap(epoch, true).entrySet()) {
      Bucket bucket = entry.getValue();
      bucket.records.removeIf(record -> record.bucket != bucket);
      bucket.records.sort(BY_NUMBER);
      due.addAll(bucket.records);
    }
    return due;
  }
}
