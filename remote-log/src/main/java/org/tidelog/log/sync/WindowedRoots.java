package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.spi.LogStore;

/**
 * Aligned roots of a stored log, window by window: in bounded memory however long the log is and
 * however small its slices.
 */
final class WindowedRoots implements RangeProof.Source {
  private static final long WINDOW = 1 << 14;

  private final StoredRoots roots;

  WindowedRoots(IpnsName log, LogStore store) {
    this.roots = new StoredRoots(log, store);
  }

  @Override
  public List<Digest> peaks(long size) {
    return roots(0, size);
  }

  @Override
  public List<Digest> roots(long from, long to) {
    if (to - from <= WINDOW) return roots.roots(from, to);
    List<AlignedRoots.Part> parts = new ArrayList<>();
    for (long at = from; at < to; ) {
      long end = Math.min(to, (at / WINDOW + 1) * WINDOW);
      parts.add(new AlignedRoots.Part(end, roots.roots(at, end)));
      at = end;
    }
    return AlignedRoots.join(from, parts);
  }
}
