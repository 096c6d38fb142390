package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredSlice;

/** Drops payloads from stored slices: the entries stay, and verify as before. */
final class Payloads {
  /** What one step reads and writes, about. */
  private static final long STEP_BYTES = 4 * 1024 * 1024;

  private final LogStore store;

  Payloads(LogStore store) {
    this.store = store;
  }

  /**
   * How many payloads were there to drop, and their bytes as stored.
   *
   * @param unsalted those among them that can be guessed from what is left
   */
  record Dropped(long entries, long bytes, long unsalted) {
    static final Dropped NOTHING = new Dropped(0, 0, 0);

    Dropped and(Dropped other) {
      return new Dropped(entries + other.entries, bytes + other.bytes, unsalted + other.unsalted);
    }

    private Dropped and(Entry entry, int payloadBytes) {
      int guessable = entry.header().has(Flags.SALTED) ? 0 : 1;
      return new Dropped(entries + 1, bytes + payloadBytes, unsalted + guessable);
    }
  }

  /**
   * What one step dropped.
   *
   * @param next where the next one begins; empty: there is none
   */
  record Step(Dropped dropped, Optional<Long> next) {}

  /**
   * Adds to {@code change} what drops the payloads of data entries among these positions, from one
   * on, as far as is good for one commit. Each slice is read and written once.
   */
  Step step(IpnsName log, SeqRanges gone, long from, LogChange change) {
    Dropped dropped = Dropped.NOTHING;
    long bytes = 0;
    Optional<SeqRange> run = gone.runFrom(from);
    while (run.isPresent() && bytes < STEP_BYTES) {
      long at = run.get().to();
      for (StoredSlice stored : store.slices(log, run.get().from(), at, STEP_BYTES - bytes)) {
        dropped = dropped.and(drop(log, stored, gone, change));
        bytes += stored.slice().length();
        at = stored.outline().end();
      }
      run = gone.runFrom(at);
    }
    return new Step(dropped, run.map(SeqRange::from));
  }

  private static Dropped drop(IpnsName log, StoredSlice stored, SeqRanges gone, LogChange change) {
    Dropped dropped = Dropped.NOTHING;
    for (Entry entry : stored.entries(log)) {
      Optional<byte[]> payload = entry.payload();
      if (!payload.isPresent() || entry.kind().isControl() || !gone.contains(entry.seq())) continue;
      dropped = dropped.and(entry, payload.get().length);
    }
    if (dropped.entries() == 0) return dropped;
    SeqRanges here = stored.slice().unwanted(gone, 0);
    change.put(
        new StoredSlice(stored.outline(), stored.slice().withoutPayloads(log, here::contains)));
    return dropped;
  }
}
