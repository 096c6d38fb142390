package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.fork.BranchStore;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * Which logs are contested, and what proves it. A proof, once known, is kept for ever, and carried
 * to every mirror this device publishes to. Runs with the home's lock held.
 */
final class Forks {
  private final Core core;

  /** Whether a log of this device was not found contested when that was last looked up. */
  private boolean ownIsSound;

  Forks(Core core) {
    this.core = core;
  }

  Optional<ForkProof> proof(IpnsName log) {
    return core.book.forkProof(log);
  }

  /** The first position that is contested; empty where none is known to be. */
  OptionalLong point(IpnsName log) {
    Optional<ForkProof> proof = proof(log);
    return proof.isPresent() ? proof.get().point() : OptionalLong.empty();
  }

  /** The log's second branch, as far as it is here. */
  Optional<BranchStore> second(IpnsName log) {
    Optional<ForkProof> proof = proof(log);
    if (!proof.isPresent() || !(proof.get() instanceof ForkPoint point)) return Optional.empty();
    Optional<StoredLog> stored = core.store.log(BranchStore.key(log));
    return stored.isPresent()
        ? Optional.of(new BranchStore(core.store, log, point.seq()))
        : Optional.empty();
  }

  /** The record of the second branch, where there is one. */
  Optional<byte[]> secondRecord(IpnsName log) {
    if (!proof(log).isPresent()) return Optional.empty();
    return core.store.log(BranchStore.key(log)).flatMap(StoredLog::record);
  }

  /**
   * Which of the proof's two branches a store has of the log: 0 or 1, the same on every device;
   * empty where its entry at the point is not here, or neither of them.
   */
  OptionalInt number(IpnsName log, LogStore store) {
    Optional<ForkProof> proof = proof(log);
    if (!proof.isPresent() || !(proof.get() instanceof ForkPoint fork)) return OptionalInt.empty();
    Entries at = new Entries(log, store, fork.seq(), fork.seq() + 1);
    if (!at.hasNext()) return OptionalInt.empty();
    Digest id = at.next().id();
    if (fork.branches().get(0).id().equals(id)) return OptionalInt.of(0);
    return fork.branches().get(1).id().equals(id) ? OptionalInt.of(1) : OptionalInt.empty();
  }

  /** What is to be told of a contested log. */
  Optional<Problem> problem(IpnsName log) {
    return proof(log).map(proof -> new Problem(ErrorKind.FORK, describe(proof), log.text()));
  }

  private static String describe(ForkProof proof) {
    if (proof.point().isPresent()) {
      return "its author contradicts himself from position "
          + proof.point().getAsLong()
          + " on: "
          + proof.describe();
    }
    return "its author contradicts himself: "
        + proof.describe()
        + "; from which position on is not known yet, for want of entries";
  }

  /** Remembers a proof that holds, unless there is one as good. Not committed. */
  void learn(ForkProof proof) {
    Optional<ForkProof> known = proof(proof.log());
    boolean better =
        !known.isPresent() || (proof instanceof ForkPoint && !(known.get() instanceof ForkPoint));
    if (!better) return;
    core.book.putForkProof(proof);
    ownIsSound = false;
  }

  /** Whether a log that this device writes is proved to be written to elsewhere as well. */
  boolean ownIsContested() {
    if (ownIsSound) return false;
    for (TopicRecord topic : core.book.topics().values()) {
      if (topic.own().flatMap(this::proof).isPresent()) return true;
      if (topic.index().flatMap(this::proof).isPresent()) return true;
    }
    ownIsSound = true;
    return false;
  }

  /** Looks for proofs of this device's own logs: it is to hear of them before it signs again. */
  void askOwn(String label, Layers layers) {
    Optional<TopicRecord> topic = core.book.topic(label);
    if (!topic.isPresent()) return;
    // One that does not hold is nobody's news here: anybody could have put it there.
    topic.get().own().ifPresent(name -> ask(name, layers, Optional.empty()));
    topic.get().index().ifPresent(name -> ask(name, layers, Optional.empty()));
    core.book.commit();
  }

  /**
   * Looks for proofs of a log in the layers, and remembers one that holds.
   *
   * @param listed one that a topic index has of it
   * @return those that do not
   */
  List<Problem> ask(IpnsName log, Layers layers, Optional<byte[]> listed) {
    List<Problem> refused = new ArrayList<>();
    List<Layers.SourcedProof> found = layers.forkProofs(log);
    listed.ifPresent(proof -> found.add(new Layers.SourcedProof("a topic index", proof)));
    for (Layers.SourcedProof sourced : found) {
      try {
        ForkProof proof = ForkProof.verified(sourced.proof(), core.verifier);
        if (!proof.log().equals(log)) throw new MalformedException("fork proof of another log");
        learn(proof);
      } catch (MalformedException e) {
        String where = log.text() + " in " + sourced.layer();
        refused.add(new Problem(ErrorKind.BAD_PROOF, String.valueOf(e.getMessage()), where));
      }
    }
    return refused;
  }

  /**
   * Puts what is known of a topic's logs into every layer.
   *
   * @return where that failed
   */
  List<Problem> carry(String label) {
    List<Problem> problems = new ArrayList<>();
    for (IpnsName log : core.book.members(label).keySet()) {
      Optional<ForkProof> known = proof(log);
      if (!known.isPresent()) continue;
      boolean settled = known.get() instanceof ForkPoint;
      problems.addAll(
          core.layers.putForkProof(
              log, known.get().encode(), there -> isAsGood(there, log, settled)));
    }
    return problems;
  }

  private boolean isAsGood(byte[] bytes, IpnsName log, boolean settled) {
    try {
      ForkProof proof = ForkProof.verified(bytes, core.verifier);
      return proof.log().equals(log) && (!settled || proof instanceof ForkPoint);
    } catch (MalformedException e) {
      return false;
    }
  }

  /** The newest head of what a store has of a log. */
  static Optional<Head> head(IpnsName log, LogStore store) {
    Optional<StoredLog> stored = store.log(log);
    Optional<Head> head = stored.flatMap(StoredLog::head);
    Optional<Head> recorded =
        stored.flatMap(StoredLog::record).map(record -> Records.head(log, record).head());
    if (!head.isPresent()) return recorded;
    return recorded.isPresent() && recorded.get().size() >= head.get().size() ? recorded : head;
  }
}
