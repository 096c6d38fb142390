package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.spi.LogStore;

/**
 * The search for the first position at which a log that is held in whole and a peer's branch of it
 * differ: the peer is asked for ids at up to {@link #PROBES} positions at a time. Mutable.
 */
final class ForkedAt {
  /** A log of 2^40 entries takes ten rounds. */
  static final int PROBES = 16;

  private final LogIds ids;
  private final LogStore store;
  private final IpnsName log;
  final Head ours;
  final Head theirs;

  /** Everything below is the same. */
  private long same;

  /** The smallest position that is known to differ, or has to. */
  private long differs;

  ForkedAt(IpnsName log, LogStore store, Head ours, Head theirs) {
    this.ids = new LogIds(store);
    this.store = store;
    this.log = log;
    this.ours = ours;
    this.theirs = theirs;
    this.differs = Math.min(ours.size(), theirs.size()) - 1;
  }

  boolean isFound() {
    return same == differs;
  }

  long position() {
    return differs;
  }

  /** Positions to ask for, ascending, evenly spread over what is open. */
  List<Long> probes() {
    long open = differs - same;
    int count = (int) Math.min(PROBES, open);
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(same + open / count * i + open % count * i / count);
    }
    return positions;
  }

  /**
   * The peer's ids at the positions asked for.
   *
   * @return whether that leads on
   */
  boolean narrow(List<Digest> theirIds) {
    List<Long> positions = probes();
    if (theirIds.size() != positions.size()) return false;
    for (int i = 0; i < positions.size(); i++) {
      long position = positions.get(i);
      if (!theirIds.get(i).equals(ids.at(log, position))) {
        differs = position;
        return true;
      }
      same = position + 1;
    }
    return true;
  }

  /** The id before the position found. */
  Digest previous() {
    return differs == 0 ? Digest.ZERO : ids.at(log, differs - 1);
  }

  /** The proof, of the peer's entry at the position found; empty where it is none. */
  Optional<ForkPoint> proof(Entry their, RangeProof proof) {
    Entry own = ids.entry(log, differs);
    RangeProof ownProof =
        RangeProof.prove(differs, differs + 1, ours.size(), new WindowedRoots(log, store));
    try {
      return Optional.of(
          ForkPoint.of(
              new ForkPoint.Branch(ours, own.header(), ownProof),
              new ForkPoint.Branch(theirs, their.header(), proof)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
