package org.tidelog.log.sync;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkProof;

/** A topic as a session needs it: who may hear of it, what is held of it, and what is wanted. */
public interface SyncTopic {
  /** What notes about this topic are kept under; never sent. */
  Digest id();

  /**
   * What a peer may know the topic by, best first: a member has its own key and the blind one, a
   * helper the blind one only.
   */
  List<FindKey> findKeys();

  /** The logs held. A session tells it of what it stores. */
  LogSet logs();

  /**
   * Whether a log that is not held yet is one of this topic.
   *
   * @param genesis entry 0, verified: a slice of one entry
   */
  boolean admits(IpnsName log, Slice genesis);

  /** What is wanted of a log, held or not. */
  default Wish wish(IpnsName log) {
    return Wish.ALL;
  }

  /** Positions of a log whose payloads verified entries deleted: they are not taken again. */
  default SeqRanges deleted(IpnsName log) {
    return SeqRanges.none();
  }

  /** The proof that a log is forked, where one is known. */
  default Optional<ForkProof> fork(IpnsName log) {
    return Optional.empty();
  }
}
