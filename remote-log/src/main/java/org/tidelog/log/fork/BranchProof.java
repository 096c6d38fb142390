package org.tidelog.log.fork;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.merkle.RangeProof;

/**
 * What a proof of one entry needs to know of its branch.
 *
 * @param before the peaks over the entries before it
 * @param leaf its id
 * @param behind the aligned roots of the entries behind it, to the end
 * @param size of the branch
 */
record BranchProof(Frontier before, Digest leaf, List<Digest> behind, long size)
    implements RangeProof.Source {

  RangeProof of(long seq) {
    return RangeProof.prove(seq, seq + 1, size, this);
  }

  Digest root() {
    return whole().root();
  }

  private Frontier whole() {
    Frontier frontier = before.copy();
    frontier.append(leaf);
    frontier.appendRange(size, behind);
    return frontier;
  }

  @Override
  public List<Digest> peaks(long at) {
    return at == size ? whole().peaks() : before.peaks();
  }

  /** A peak of the whole ends where an aligned range does, so the roots before it are a prefix. */
  @Override
  public List<Digest> roots(long from, long to) {
    return behind.subList(0, AlignedRoots.heights(from, to).length);
  }
}
