package org.tidelog.node;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.read.AliasTable;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.replicator.conversation.Bound;
import org.tidelog.replicator.conversation.LogKeys;

/**
 * Which names a log's numbers stand for, read from the beginning of the log as far as it is here
 * without a gap and can be opened. What was read is remembered, so each entry is read for this
 * once.
 */
final class LogAliases {
  private final Core core;

  LogAliases(Core core) {
    this.core = core;
  }

  /** The table of a log of which {@code held} is here. */
  AliasTable table(String label, IpnsName log, SeqRanges held) {
    Bound known = core.book.bound(log);
    AliasTable table = AliasTable.of(log, known.names());
    long end = prefixEnd(held);
    long upTo = known.upTo();
    if (end <= upTo) return table;
    LogKeys keys = core.keys(label, log);
    for (Entries entries = new Entries(log, core.store, upTo, end); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.kind() == EntryKind.ALIAS) {
        Optional<byte[]> payload = keys.open(entry);
        if (!payload.isPresent()) break;
        if (table.bind(payload.get()).isPresent()) break;
      }
      upTo = entry.seq() + 1;
    }
    List<IpnsName> names = table.names();
    core.book.putBound(log, new Bound(names, upTo));
    return table;
  }

  /** The table of a log's second branch, whose numbers may be others from the point on. */
  AliasTable second(String label, IpnsName log, LogStore branch, long point) {
    Bound known = core.book.bound(log);
    boolean common = known.upTo() <= point;
    AliasTable table = common ? AliasTable.of(log, known.names()) : new AliasTable(log);
    SeqRanges held = branch.log(log).map(StoredLog::held).orElse(SeqRanges.none());
    long from = common ? known.upTo() : 0;
    LogKeys keys = core.keys(label, log);
    for (Entries entries = new Entries(log, branch, from, prefixEnd(held)); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.kind() != EntryKind.ALIAS) continue;
      Optional<byte[]> payload = keys.open(entry);
      if (!payload.isPresent() || table.bind(payload.get()).isPresent()) break;
    }
    return table;
  }

  private static long prefixEnd(SeqRanges held) {
    if (held.isEmpty()) return 0;
    SeqRange first = held.ranges().get(0);
    return first.from() == 0 ? first.to() : 0;
  }
}
