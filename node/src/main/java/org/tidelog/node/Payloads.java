package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/** Drops payloads from stored slices: the entries stay, and verify as before. */
final class Payloads {
  private static final long READ_BYTES = 1024 * 1024;

  private final LogStore store;

  Payloads(LogStore store) {
    this.store = store;
  }

  /** How many payloads were there to drop, and their bytes as stored. */
  record Dropped(long entries, long bytes, long unsalted) {}

  /** Adds to {@code change} what drops these positions' payloads. */
  Dropped drop(IpnsName log, SeqRanges gone, LogChange change) {
    long entries = 0;
    long bytes = 0;
    long unsalted = 0;
    for (SeqRange range : gone.ranges()) {
      long at = range.from();
      while (at < range.to()) {
        long next = range.to();
        for (StoredSlice stored : store.slices(log, at, range.to(), READ_BYTES)) {
          for (Entry entry : stored.entries(log)) {
            Optional<byte[]> payload = entry.payload();
            if (!payload.isPresent() || !gone.contains(entry.seq())) continue;
            entries++;
            bytes += payload.get().length;
            if (!entry.header().has(Flags.SALTED)) unsalted++;
          }
          change.put(without(log, stored, gone));
          next = stored.outline().end();
        }
        at = next;
      }
    }
    return new Dropped(entries, bytes, unsalted);
  }

  private static StoredSlice without(IpnsName log, StoredSlice stored, SeqRanges gone) {
    SliceOutline outline = stored.outline();
    Slice slice = stored.slice().withoutPayloads(log, gone::contains);
    return new StoredSlice(outline, slice);
  }
}
