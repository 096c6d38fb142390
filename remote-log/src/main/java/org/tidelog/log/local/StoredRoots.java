package org.tidelog.log.local;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/**
 * Aligned roots of any range that is stored without a gap. Reads outlines, and entries only of the
 * slices that the range cuts.
 */
public final class StoredRoots implements RangeProof.Source {
  private final IpnsName log;
  private final LogStore store;

  public StoredRoots(IpnsName log, LogStore store) {
    this.log = log;
    this.store = store;
  }

  @Override
  public List<Digest> peaks(long size) {
    return roots(0, size);
  }

  /**
   * @throws IllegalArgumentException if a part of {@code [from, to)} is not stored
   */
  @Override
  public List<Digest> roots(long from, long to) {
    List<AlignedRoots.Part> parts = new ArrayList<>();
    long at = from;
    for (SliceOutline outline :
        from == to ? List.<SliceOutline>of() : store.outlines(log, from, to)) {
      if (outline.first() > at) break;
      if (outline.end() <= at) continue;
      long end = Math.min(outline.end(), to);
      parts.add(new AlignedRoots.Part(end, rootsWithin(outline, at, end)));
      at = end;
    }
    if (at != to)
      throw new IllegalArgumentException("range: [" + from + ", " + to + ") ends at " + at);
    return AlignedRoots.join(from, parts);
  }

  private List<Digest> rootsWithin(SliceOutline outline, long from, long to) {
    if (from == outline.first() && to == outline.end()) return outline.roots();
    StoredSlice stored = store.slices(log, from, from + 1, 1).get(0);
    List<Digest> ids = stored.ids(log);
    int skip = (int) (from - outline.first());
    return AlignedRoots.of(from, ids.subList(skip, skip + (int) (to - from)));
  }
}
