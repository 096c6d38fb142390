package org.tidelog.log.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRanges;

/**
 * Merges logs into one order that every reader with the same entries gets: repeatedly the smallest
 * (time, name, seq) whose predecessor in its log and whose parents, where present, have come.
 * Cycles, which only colluding authors can make, are broken at the smallest waiting entry. Holds
 * one entry a log.
 */
public final class CausalMerge implements Iterator<LogEntry> {
  private static final Comparator<LogEntry> ORDER =
      Comparator.comparingLong(LogEntry::timeMillis)
          .thenComparing(LogEntry::log)
          .thenComparingLong(LogEntry::seq)
          .thenComparing(entry -> entry.entry().id());

  private final Map<IpnsName, Source> sources = new LinkedHashMap<>();
  private final PriorityQueue<LogEntry> ready = new PriorityQueue<>(ORDER);
  private final TreeSet<LogEntry> blocked = new TreeSet<>(ORDER);
  private final Map<IpnsName, List<LogEntry>> waitingFor = new HashMap<>();
  private final Map<IpnsName, Long> shown = new HashMap<>();
  private boolean broken;

  /**
   * One log: its entries in ascending order.
   *
   * @param present the positions that will come, so that nothing waits for one that will not
   * @param after an entry of another source that comes before all of this one's: of a log's second
   *     branch, the last one in both
   */
  public record Source(
      Iterator<LogEntry> entries, SeqRanges present, Optional<LogEntry.Parent> after) {
    public Source(Iterator<LogEntry> entries, SeqRanges present) {
      this(entries, present, Optional.empty());
    }
  }

  public CausalMerge(Map<IpnsName, Source> logs) {
    sources.putAll(logs);
    for (Source source : logs.values()) {
      advance(source);
    }
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || !blocked.isEmpty();
  }

  @Override
  public LogEntry next() {
    if (!hasNext()) throw new NoSuchElementException();
    broken |= ready.isEmpty();
    LogEntry next = ready.isEmpty() ? blocked.first() : ready.remove();
    blocked.remove(next);
    shown.put(next.stream(), next.seq());
    advance(Objects.requireNonNull(sources.get(next.stream())));
    wake(next.stream());
    return next;
  }

  /** Whether a cycle was broken so far. */
  public boolean broken() {
    return broken;
  }

  private void advance(Source source) {
    if (source.entries.hasNext()) place(source.entries.next());
  }

  private void place(LogEntry entry) {
    Optional<LogEntry.Parent> awaited = awaited(entry);
    if (!awaited.isPresent()) {
      blocked.remove(entry);
      ready.add(entry);
      return;
    }
    blocked.add(entry);
    waitingFor.computeIfAbsent(awaited.get().log(), log -> new ArrayList<>()).add(entry);
  }

  private Optional<LogEntry.Parent> awaited(LogEntry entry) {
    Source own = sources.get(entry.stream());
    Optional<LogEntry.Parent> before = own == null ? Optional.empty() : own.after;
    if (before.isPresent() && isAwaited(before.get())) return before;
    for (LogEntry.Parent parent : entry.parents()) {
      if (isAwaited(parent)) return Optional.of(parent);
    }
    return Optional.empty();
  }

  private boolean isAwaited(LogEntry.Parent parent) {
    Source source = sources.get(parent.log());
    boolean comes = source != null && source.present.contains(parent.seq());
    return comes && shown.getOrDefault(parent.log(), -1L) < parent.seq();
  }

  private void wake(IpnsName log) {
    List<LogEntry> waiting = waitingFor.remove(log);
    if (waiting == null) return;
    for (LogEntry entry : waiting) {
      if (blocked.contains(entry)) place(entry);
    }
  }
}
