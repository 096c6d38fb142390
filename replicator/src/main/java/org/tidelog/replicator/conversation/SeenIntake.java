package org.tidelog.replicator.conversation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.read.AliasTable;
import org.tidelog.log.read.Entries;
import org.tidelog.log.read.LogEntry;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * Learns from entries that have come what this device has seen: what its next entry is to name as
 * parents. Numbers of logs whose beginning has not come stay unknown. Owned by one thread.
 */
public final class SeenIntake {
  private final LogStore store;
  private final SeenFrontier frontier;
  private final Function<IpnsName, LogKeys> keys;
  private final Map<IpnsName, AliasTable> aliases = new HashMap<>();

  /** The position before which a log's alias entries have been read. */
  private final Map<IpnsName, Long> readTo = new HashMap<>();

  public SeenIntake(LogStore store, SeenFrontier frontier, Function<IpnsName, LogKeys> keys) {
    this.store = store;
    this.frontier = frontier;
    this.keys = keys;
  }

  /** These entries of a log are here now. */
  public void take(IpnsName log, SeqRanges added) {
    if (added.isEmpty()) return;
    bindUpTo(log);
    AliasTable table = aliases.computeIfAbsent(log, AliasTable::new);
    for (SeqRange range : added.ranges()) {
      for (Entries entries = new Entries(log, store, range.from(), range.to());
          entries.hasNext(); ) {
        Entry entry = entries.next();
        for (LogEntry.Parent parent : table.resolve(entry)) {
          frontier.named(parent, isHere(parent));
        }
      }
    }
    frontier.seen(log, added.end() - 1);
  }

  /** Reads alias entries as far as the log is here from its beginning on. */
  private void bindUpTo(IpnsName log) {
    SeqRanges held = store.log(log).map(StoredLog::held).orElse(SeqRanges.none());
    if (held.isEmpty() || held.ranges().get(0).from() > 0) return;
    long end = held.ranges().get(0).to();
    long from = readTo.getOrDefault(log, 0L);
    if (from >= end) return;
    AliasTable table = aliases.computeIfAbsent(log, AliasTable::new);
    for (Entries entries = new Entries(log, store, from, end); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.kind() != EntryKind.ALIAS) continue;
      Optional<byte[]> payload = keys.apply(log).open(entry);
      if (!payload.isPresent() || table.bind(payload.get()).isPresent()) break;
    }
    readTo.put(log, end);
  }

  private boolean isHere(LogEntry.Parent parent) {
    return store
        .log(parent.log())
        .map(StoredLog::held)
        .orElse(SeqRanges.none())
        .contains(parent.seq());
  }
}
