package org.tidelog.log.sync;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/** Ids and entries of stored logs by position. */
final class LogIds {
  private final LogStore store;

  LogIds(LogStore store) {
    this.store = store;
  }

  boolean has(IpnsName log, long seq) {
    return !store.outlines(log, seq, seq + 1).isEmpty();
  }

  /** The id of a held entry. */
  Digest at(IpnsName log, long seq) {
    StoredSlice stored = slice(log, seq);
    if (stored.outline().end() == seq + 1) return stored.outline().last();
    return stored.ids(log).get((int) (seq - stored.outline().first()));
  }

  /** The id before a held entry. */
  Digest before(IpnsName log, long seq) {
    SliceOutline outline = store.outlines(log, seq, seq + 1).get(0);
    return outline.first() == seq ? outline.previous() : at(log, seq - 1);
  }

  /** A held entry. */
  Entry entry(IpnsName log, long seq) {
    StoredSlice stored = slice(log, seq);
    return stored.entries(log).get((int) (seq - stored.outline().first()));
  }

  private StoredSlice slice(IpnsName log, long seq) {
    return store.slices(log, seq, seq + 1, 1).get(0);
  }
}
