package org.tidelog.node;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.read.LogEntry;

/**
 * Watches a merge for the latest {@link OrderMark} that leaves enough entries behind it. Used once.
 */
final class OrderMarking {
  /** Authors name as many logs as they like; a mark of more is not worth keeping. */
  private static final int MISSING_MAX = 10_000;

  /** So often at most a mark is made on the way: each is as large as there are logs. */
  private static final int MARKS = 64;

  private final SortedMap<IpnsName, Long> passed;
  private final SortedMap<IpnsName, Long> missing;
  private final long until;
  private long timeMillis;
  private long count;
  private long nextMark;
  private boolean sound = true;
  private @Nullable OrderMark latest;

  /**
   * @param from behind which the merge begins
   * @param until no mark is set behind so many entries of the merge
   */
  OrderMarking(OrderMark from, long until) {
    this.passed = new TreeMap<>(from.passed());
    this.missing = new TreeMap<>(from.missing());
    this.timeMillis = from.timeMillis();
    this.until = until;
    this.nextMark = Math.max(1, until / MARKS);
  }

  /**
   * The next entry of the merge.
   *
   * @param broken whether a cycle was broken so far
   */
  void take(LogEntry entry, boolean broken) {
    boolean known = entry.parents().size() == entry.entry().header().parents().size();
    boolean next = entry.seq() == passed.getOrDefault(entry.log(), 0L);
    sound &= !broken && known && next && missing.size() <= MISSING_MAX && count <= until;
    if (!sound) return;
    if (count >= nextMark && entry.timeMillis() > timeMillis) {
      latest = new OrderMark(timeMillis, passed, missing);
      nextMark = count + Math.max(1, until / MARKS);
    }
    for (LogEntry.Parent parent : entry.parents()) {
      boolean here = parent.seq() < passed.getOrDefault(parent.log(), 0L);
      if (!here) missing.merge(parent.log(), parent.seq(), Math::min);
    }
    passed.put(entry.log(), entry.seq() + 1);
    timeMillis = Math.max(timeMillis, entry.timeMillis());
    count++;
  }

  /** Empty where there was no place for one. */
  Optional<OrderMark> latest() {
    return Optional.ofNullable(latest);
  }
}
