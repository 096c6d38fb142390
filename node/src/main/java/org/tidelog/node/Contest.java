package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.follow.Rival;
import org.tidelog.log.follow.Unwanted;
import org.tidelog.log.fork.BranchStore;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.fork.ForkSearch;

/**
 * One round with the records of a log that contradict what is here: finds where they part, proves
 * it, and brings the second branch up to date beside the first. A third is named and left alone.
 * Runs with the home's lock held.
 */
final class Contest {
  private final Core core;
  private final Layers layers;
  private final String label;
  private final IpnsName log;
  private final Progress progress;
  private final List<Problem> problems = new ArrayList<>();
  private SeqRanges added = SeqRanges.none();
  private boolean complete = true;
  private long bytesRead;
  private long blocksRead;

  Contest(Core core, Layers layers, String label, IpnsName log, Progress progress) {
    this.core = core;
    this.label = label;
    this.layers = layers;
    this.log = log;
    this.progress = progress;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Entries of the second branch that are new here. */
  long added() {
    return added.count();
  }

  /** Whether nothing of the second branch is missing, as far as it is known. */
  boolean complete() {
    return complete;
  }

  long bytesRead() {
    return bytesRead;
  }

  long blocksRead() {
    return blocksRead;
  }

  /**
   * Takes what contradicts the first branch.
   *
   * @param known records that are the second branch's already
   */
  void take(List<Rival> rivals, List<Follower.Sourced> known, long bytesMax) {
    List<Follower.Sourced> second = new ArrayList<>(known);
    for (Rival rival : rivals) {
      if (core.forks.second(log).isPresent() || settle(rival, bytesMax)) {
        second.add(new Follower.Sourced("another branch", rival.record()));
      }
    }
    if (!second.isEmpty()) follow(second, Math.max(0, bytesMax - bytesRead));
  }

  /** Whether the record is of the branch that is to be kept as the second one. */
  private boolean settle(Rival rival, long bytesMax) {
    Optional<Head> ours = Forks.head(log, core.store);
    Optional<ForkProof> proof = rival.proof();
    boolean isPoint = proof.isPresent() && proof.get() instanceof ForkPoint;
    if (!isPoint && ours.isPresent()) {
      Optional<ForkProof> found = search(ours.get(), rival, bytesMax);
      if (found.isPresent()) proof = found;
    }
    if (!proof.isPresent()) {
      problems.add(
          new Problem(ErrorKind.FORK, rival.what() + "; the proof is not there yet", log.text()));
      complete = false;
      return false;
    }
    Optional<ForkProof> known = core.forks.proof(log);
    core.forks.learn(proof.get());
    if (!(proof.get() instanceof ForkPoint point)) {
      complete = false;
      return false;
    }
    if (known.isPresent() && known.get() instanceof ForkPoint before && !isSame(before, point)) {
      third(rival.remote().head().size());
      return false;
    }
    return true;
  }

  private static boolean isSame(ForkPoint a, ForkPoint b) {
    return a.seq() == b.seq()
        && a.branches().get(0).id().equals(b.branches().get(0).id())
        && a.branches().get(1).id().equals(b.branches().get(1).id());
  }

  private void third(long size) {
    problems.add(
        new Problem(
            ErrorKind.FORK, "a third branch, of " + size + " entries, is not kept", log.text()));
  }

  /** Where both differ, or that they do, as far as the budget goes. */
  private Optional<ForkProof> search(Head ours, Rival rival, long bytesMax) {
    ForkSearch search = new ForkSearch(log, core.store, ours, rival.remote(), core.verifier);
    while (search.wanted().isPresent()) {
      ForkSearch.Wanted wanted = search.wanted().get();
      Optional<byte[]> block =
          bytesRead < bytesMax
              ? layers.block(wanted.cid(), wanted.bytes()).bytes()
              : Optional.empty();
      if (block.isPresent()) {
        bytesRead += block.get().length;
        blocksRead++;
        search.onBlock(block.get());
      } else {
        search.onUnavailable();
      }
    }
    return search.result().isPresent()
            && search.result().get() instanceof ForkSearch.Result.Forked forked
        ? forked.proof()
        : Optional.empty();
  }

  private void follow(List<Follower.Sourced> records, long bytesMax) {
    long point = core.forks.point(log).orElseThrow(AssertionError::new);
    BranchStore store = new BranchStore(core.store, log, point);
    core.book.commit(); // No entry of the second branch without the proof that there is one.
    FollowDriver driver =
        new FollowDriver(
                new Follower(log, store, core.verifier, unwanted(point)),
                "fetching " + log.shortText() + ", the other branch",
                layers,
                Optional.empty(),
                progress,
                core.clock().latestMillis())
            .given(records);
    FollowOutcome outcome = driver.run(bytesMax);
    bytesRead += outcome.bytesRead() - outcome.recordBytes();
    blocksRead += outcome.blocksRead();
    for (Finding finding : outcome.findings()) {
      if (finding.kind() != Finding.Kind.FORK) problems.add(FollowDriver.problem(finding));
    }
    outcome.rivals().forEach(rival -> third(rival.remote().head().size()));
    complete &= outcome.head().isPresent() && outcome.missing().isEmpty();
    added = outcome.added();
    new BranchIntake(core, label, log, store, point).take(added);
  }

  /** What either branch deletes below the point, and what the second deletes of its own. */
  private Unwanted unwanted(long point) {
    SeqRanges deleted = core.book.facts(BranchStore.key(log)).deleted();
    if (point > 0) {
      SeqRanges common = core.book.facts(log).deleted();
      deleted = deleted.with(SeqRanges.of(common.within(new SeqRange(0, point))));
    }
    return new Unwanted(deleted, core.trustedMillis());
  }
}
