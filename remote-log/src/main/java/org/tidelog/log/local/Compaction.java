package org.tidelog.log.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/**
 * Joins neighbouring small slices of a log, as appending one entry at a time leaves them. One step
 * is one commit of bounded size, to be taken when nothing else is to do; it may be stopped after
 * any step.
 */
public final class Compaction {
  /**
   * Fewer than this many entries make a slice small. Joined ones are of this size or more and are
   * left alone.
   */
  private static final int ENTRIES_ENOUGH = Limits.SLICE_ENTRIES_MAX / 2;

  /** A step reads and writes at most about this much. */
  private static final long STEP_BYTES_MAX = Limits.SLICE_BYTES_MAX;

  /** Joining fewer than this many slices is not worth rewriting them. */
  private static final int RUN_MIN = 8;

  private final LogStore store;

  /** Where to begin looking: slices before are large enough, or too full for the one behind. */
  private final Map<IpnsName, Long> passed = new HashMap<>();

  public Compaction(LogStore store) {
    this.store = store;
  }

  /**
   * Joins one run of small slices behind a position, if there is one.
   *
   * @return whether another step may find more to do
   */
  public boolean step(IpnsName log, long from) {
    List<SliceOutline> run = smallOnes(log, Math.max(from, passed.getOrDefault(log, 0L)));
    if (run.size() < RUN_MIN) return false;
    if (!join(log, run)) passed.put(log, run.get(0).end());
    return true;
  }

  private List<SliceOutline> smallOnes(IpnsName log, long from) {
    List<SliceOutline> run = new ArrayList<>();
    for (SliceOutline outline : store.outlines(log, from, Limits.SIZE_MAX)) {
      boolean adjacent = run.isEmpty() || run.get(run.size() - 1).end() == outline.first();
      boolean small = outline.count() < ENTRIES_ENOUGH;
      if (adjacent && small && entries(run) + outline.count() <= Limits.SLICE_ENTRIES_MAX) {
        run.add(outline);
        continue;
      }
      if (run.size() >= RUN_MIN) break;
      run.clear();
      if (small) run.add(outline);
    }
    return run;
  }

  private static int entries(List<SliceOutline> run) {
    return run.isEmpty() ? 0 : (int) (run.get(run.size() - 1).end() - run.get(0).first());
  }

  private boolean join(IpnsName log, List<SliceOutline> run) {
    long from = run.get(0).first();
    long to = run.get(run.size() - 1).end();
    SliceBuilder builder = new SliceBuilder(from);
    List<StoredSlice> joined = new ArrayList<>();
    for (StoredSlice stored : store.slices(log, from, to, STEP_BYTES_MAX)) {
      if (stored.outline().end() > to || !builder.hasRoomFor(stored.slice())) break;
      stored.ids(log); // Damage is not to be hashed anew, as if it had always been so.
      stored.slice().addTo(builder, stored.outline().first(), stored.outline().end());
      joined.add(stored);
    }
    if (joined.size() < 2) return false;
    StoredSlice first = joined.get(0);
    StoredSlice newest = joined.get(joined.size() - 1);
    LogChange change = new LogChange(log);
    joined.forEach(stored -> change.remove(stored.outline().first()));
    change.put(
        StoredSlice.of(log, builder.build(), first.outline().previous(), newest.outline().head()));
    store.commit(List.of(change));
    return true;
  }
}
