package org.tidelog.log.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.fork.ForkedHeads;
import org.tidelog.log.fork.LaidOutLog;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredSlice;

/** What a follower asks for and takes where a record may be of another branch than what is here. */
final class FollowedBranchesTest {
  private static final IpnsName LOG = LaidOutLog.LOG;
  private static final long ALL = 1 << 30;
  private static final long DAY = 24L * 60 * 60 * 1_000;
  private static final SeqRange WHOLE = new SeqRange(0, 60);
  private static final Digest ODD = Sha256.hash(new byte[] {99});

  /** Its first sixty entries are those that the reader holds, or some of them. */
  private final LaidOutLog ours = LaidOutLog.of(80, 80, 1);

  private final LaidOutLog fork = LaidOutLog.of(10, 80, 2);
  private final List<Cid> asked = new ArrayList<>();
  private MemoryLogStore reader = new MemoryLogStore();

  private static IndexChild[] pages(LaidOutLog log, int... bounds) {
    IndexChild[] pages = new IndexChild[bounds.length - 1];
    for (int i = 0; i < pages.length; i++) pages[i] = log.page(bounds[i], bounds[i + 1]);
    return pages;
  }

  private static Cid index(RemoteHead remote) {
    return remote.index().orElseThrow();
  }

  private Optional<byte[]> block(Cid cid) {
    byte[] block = ours.blocks.get(cid);
    return Optional.ofNullable(block == null ? fork.blocks.get(cid) : block);
  }

  private int length(Cid cid) {
    return block(cid).orElseThrow().length;
  }

  /** Holds these of the first sixty entries, and the record of all sixty. */
  private RemoteHead holds(SeqRange... ranges) {
    RemoteHead record = ours.remote(60, pages(ours, 0, 20, 40, 60));
    reader = ours.store(ranges);
    LogChange change = new LogChange(LOG);
    change.record(LaidOutLog.signed(record));
    reader.commit(List.of(change));
    return record;
  }

  private FollowOutcome follow(long budget, RemoteHead... records) {
    Follower follower = new Follower(LOG, reader, TestLogs.VERIFIER);
    follower.start(budget);
    follower.drain();
    List<Follower.Sourced> sourced = new ArrayList<>();
    for (RemoteHead record : records) {
      sourced.add(new Follower.Sourced("layer", LaidOutLog.signed(record)));
    }
    follower.onRecords(sourced, List.of(), TestLogs.NOW);
    while (true) {
      List<FollowEffect> effects = follower.drain();
      assertThat(effects).isNotEmpty();
      for (FollowEffect effect : effects) {
        if (effect instanceof FollowEffect.Done done) return done.outcome();
        Cid cid = ((FollowEffect.GetBlock) effect).cid();
        asked.add(cid);
        assertThat(asked).hasSizeLessThan(100);
        block(cid)
            .ifPresentOrElse(b -> follower.onBlock(cid, b), () -> follower.onBlockMissing(cid));
      }
    }
  }

  private static void isFork(FollowOutcome outcome, String what) {
    assertThat(outcome.findings())
        .containsExactly(new Finding(Finding.Kind.FORK, what, LOG.text()));
    assertThat(outcome.lacksBlocks()).isFalse();
  }

  private static RemoteHead at(RemoteHead remote, long time) {
    Head.Statement s = remote.head().statement();
    Head head =
        Head.sign(new Head.Statement(LOG, s.size(), s.last(), s.root(), time), TestLogs.signer(1));
    return new RemoteHead(head, remote.index(), remote.paged(), remote.previous(), remote.tail());
  }

  @Test
  void asksForNoBlockTwiceThatItComparedWith() {
    holds(WHOLE);
    IndexChild[] pages = pages(ours, 0, 40, 70, 80);
    RemoteHead theirs = ours.remote(80, pages);

    FollowOutcome outcome = follow(ALL, theirs);

    assertThat(asked).containsExactly(index(theirs), pages[1].cid(), pages[2].cid());
    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.added().ranges()).containsExactly(new SeqRange(60, 80));
    assertThat(outcome.head()).contains(ours.head(80));
    long read = outcome.recordBytes();
    for (Cid cid : asked) read += length(cid);
    assertThat(outcome.bytesRead()).isEqualTo(read);
    assertThat(outcome.blocksRead()).isEqualTo(3);
  }

  @Test
  void comparesNothingWhereAllThatIsPagedIsHere() {
    holds(WHOLE);
    RemoteHead theirs = ours.remote(80, pages(ours, 0, 40, 60));

    assertThat(follow(ALL, theirs).added().ranges()).containsExactly(new SeqRange(60, 80));
    assertThat(asked).isEmpty();
    assertThat(reader.log(LOG).orElseThrow().head()).contains(ours.head(80));
    assertThat(reader.log(LOG).orElseThrow().record()).contains(LaidOutLog.signed(theirs));
  }

  /** What tells whether the log goes on may take more than the budget, but not where that is 0. */
  @Test
  void looksForWhereBranchesPartWithinItsBudgetOnly() {
    IndexChild[] pages = pages(fork, 0, 40, 70, 80);
    RemoteHead theirs = fork.remote(80, pages);
    int needed = LaidOutLog.signed(theirs).length + length(index(theirs)) + length(pages[1].cid());

    holds(WHOLE);
    FollowOutcome more = follow(needed + 1, theirs);
    assertThat(asked).containsExactly(index(theirs), pages[1].cid(), pages[0].cid());
    assertThat(more.rivals().get(0).proof().orElseThrow()).isInstanceOf(ForkPoint.class);
    assertThat(more.stoppedAtBudget()).isFalse();
    assertThat(more.head()).contains(ours.head(60));
    for (int budget : new int[] {1, needed}) {
      asked.clear();
      FollowOutcome less = follow(budget, theirs);
      assertThat(asked).containsExactly(index(theirs), pages[1].cid());
      assertThat(less.rivals().get(0).proof().orElseThrow()).isInstanceOf(ForkedHeads.class);
      assertThat(less.stoppedAtBudget()).isTrue();
    }
    asked.clear();
    FollowOutcome none = follow(0, theirs);
    assertThat(asked).isEmpty();
    assertThat(none.stoppedAtBudget()).isTrue();
    assertThat(none.findings()).isEmpty();
    assertThat(none.head()).contains(ours.head(60));
  }

  @Test
  void keepsWhatIsHereWhereABlockToCompareWithIsMissingOrWrong() {
    holds(WHOLE);
    RemoteHead theirs = ours.remote(80, pages(ours, 0, 40, 70, 80));
    ours.blocks.put(index(theirs), new byte[] {1});
    FollowOutcome wrong = follow(ALL, theirs);
    assertThat(wrong.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.BAD_INDEX);
    assertThat(wrong.head()).contains(ours.head(60));

    ours.blocks.remove(index(theirs));
    FollowOutcome gone = follow(ALL, theirs);
    assertThat(gone.lacksBlocks()).isTrue();
    assertThat(gone.findings()).hasSize(1);
    assertThat(gone.added().isEmpty()).isTrue();
    assertThat(gone.head()).contains(ours.head(60));
  }

  @Test
  void refusesTheBestRecordByWhatIsInItAndTakesTheNext() {
    RemoteHead known = holds(new SeqRange(40, 60));
    RemoteHead theirs = fork.remote(80, pages(fork, 0, 40));

    FollowOutcome outcome = follow(ALL, theirs);

    isFork(outcome, "the entries here are others in [40, 60)");
    assertThat(outcome.rivals()).hasSize(1);
    assertThat(outcome.head()).contains(ours.head(60));
    assertThat(outcome.added().ranges()).containsExactly(new SeqRange(0, 40));
    assertThat(asked).contains(index(known)).doesNotContain(index(theirs));
  }

  @Test
  void refusesRecordsThatEndInOtherEntriesOrMakeAnotherRoot() {
    reader = ours.store(WHOLE);
    isFork(
        follow(ALL, fork.remote(40, pages(fork, 0, 20, 40))),
        "the entries here are others in [39, 40)");
    Head wrong = LaidOutLog.head(60, ours.previous(60), ODD);
    RemoteHead lying = ours.remote(wrong, ours.previous(60), pages(ours, 0, 20, 60));
    isFork(follow(ALL, lying), "the entries here make another root");
    assertThat(asked).isEmpty();
  }

  @Test
  void walksTheRecordThatIsHereWhereOthersAreOlder() {
    RemoteHead known = holds(new SeqRange(40, 60));
    RemoteHead older = ours.remote(40, pages(ours, 0, 20, 40));

    FollowOutcome outcome = follow(ALL, older);

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.added().ranges()).containsExactly(new SeqRange(0, 40));
    assertThat(asked)
        .containsExactly(index(known), ours.page(20, 40).cid(), ours.page(0, 20).cid());
  }

  @Test
  void leavesARecordThatIsBehindTheHeadHere() {
    LogChange change = new LogChange(LOG);
    for (StoredSlice slice : ours.store(WHOLE).slices(LOG, 0, 60, ALL)) {
      change.put(StoredSlice.of(LOG, slice.slice(), Digest.ZERO, Optional.of(ours.head(60))));
    }
    reader.commit(List.of(change));

    FollowOutcome outcome = follow(ALL, ours.remote(40, pages(ours, 0, 20, 40)));

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.head()).contains(ours.head(60));
    assertThat(reader.log(LOG).orElseThrow().record()).isEmpty();
    assertThat(asked).isEmpty();
  }

  /** A smaller record may be of a branch that ends where nothing is here to tell by. */
  @Test
  void looksIntoASmallerRecordThatEndsInAGap() {
    IndexChild[] pages = pages(ours, 0, 20, 50, 60);
    RemoteHead best = ours.remote(60, pages);
    IndexChild[] others = pages(fork, 0, 20, 40);
    RemoteHead other = fork.remote(40, others);
    ours.blocks.remove(pages[1].cid());

    FollowOutcome outcome = follow(ALL, best, other);

    assertThat(asked)
        .containsExactly(
            index(best),
            pages[2].cid(),
            pages[1].cid(),
            pages[0].cid(),
            index(other),
            others[0].cid());
    assertThat(outcome.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.MISSING_BLOCK, Finding.Kind.FORK);
    assertThat(outcome.rivals()).hasSize(1);
    assertThat(outcome.rivals().get(0).what()).isEqualTo("the entries here are others");
    assertThat(outcome.head()).contains(ours.head(60));
  }

  @Test
  void looksIntoNoRecordThatItCanTellWithoutBlocks() {
    IndexChild[] pages = pages(ours, 0, 20, 50, 60);
    RemoteHead best = ours.remote(60, pages);
    ours.blocks.remove(pages[2].cid());
    RemoteHead smaller = ours.remote(40, pages(ours, 0, 30, 40));

    FollowOutcome outcome = follow(ALL, best, at(best, TestLogs.NOW - 1), smaller);

    assertThat(asked).containsExactly(index(best), pages[2].cid(), pages[1].cid(), pages[0].cid());
    assertThat(outcome.rivals()).isEmpty();
  }

  @Test
  void tellsTwoHeadsOfOneSizeWithoutAnyEntry() {
    RemoteHead one = ours.remote(60, pages(ours, 0, 20, 60));
    RemoteHead other = fork.remote(60, pages(fork, 0, 20, 60));

    FollowOutcome outcome = follow(0, one, other);

    isFork(outcome, "two heads of size 60");
    assertThat(outcome.rivals()).hasSize(1);
  }

  @Test
  void stopsWhereTheRecordAloneTakesTheBudget() {
    RemoteHead remote = ours.remote(60, pages(ours, 0, 20, 40));
    int length = LaidOutLog.signed(remote).length;

    assertThat(follow(length, remote).stoppedAtBudget()).isTrue();
    assertThat(asked).isEmpty();
    assertThat(reader.log(LOG).orElseThrow().head()).contains(ours.head(60));
    reader = new MemoryLogStore();
    assertThat(follow(length + 1, remote).stoppedAtBudget()).isTrue();
    assertThat(asked).containsExactly(index(remote));
  }

  /** Entries without a head or record: the index is compared with them, page by page. */
  @Test
  void noticesPagesOfOtherEntriesThanThoseHere() {
    reader = ours.store(new SeqRange(0, 40));
    RemoteHead theirs = fork.remote(60, pages(fork, 0, 40, 60));
    isFork(follow(ALL, theirs), "the entries here are others in [0, 40)");
    assertThat(asked).containsExactly(index(theirs), fork.page(40, 60).cid());

    reader = ours.store(new SeqRange(30, 35));
    isFork(follow(ALL, theirs), "the entries here are others in [30, 35)");
    assertThat(reader.log(LOG).orElseThrow().held().ranges())
        .containsExactly(new SeqRange(30, 35), new SeqRange(40, 60));
  }

  @Test
  void refusesALastPageThatEndsInAnotherEntryThanTheHead() {
    Head lying = LaidOutLog.head(60, ODD, ours.root(60));
    RemoteHead theirs = ours.remote(lying, ODD, pages(ours, 0, 20, 60));

    FollowOutcome outcome = follow(ALL, theirs);

    assertThat(outcome.findings()).hasSize(1);
    assertThat(outcome.findings().get(0).kind()).isEqualTo(Finding.Kind.BAD_PAGE);
    assertThat(outcome.findings().get(0).what()).contains("not the one that the head names");
    assertThat(outcome.added().ranges()).containsExactly(new SeqRange(0, 20));
  }

  @Test
  void refusesAnIndexThatIsNone() {
    byte[] junk = {1, 2, 3};
    Cid cid = Cid.sha256(Codec.DAG_CBOR, junk);
    ours.blocks.put(cid, junk);
    RemoteHead theirs =
        new RemoteHead(ours.head(60), Optional.of(cid), 60, ours.previous(60), Optional.empty());

    assertThat(follow(ALL, theirs).findings())
        .extracting(Finding::kind, Finding::where)
        .containsExactly(tuple(Finding.Kind.BAD_INDEX, cid.text()));
  }

  @Test
  void ordersRecordsFromTheFutureAndForgetsNone() {
    RemoteHead today = ours.remote(30, pages(ours, 0, 20));
    long ahead = TestLogs.NOW + 2 * DAY;
    RemoteHead[] future = {
      at(ours.remote(40, pages(ours, 0, 20)), ahead), at(ours.remote(50, pages(ours, 0, 20)), ahead)
    };
    for (List<RemoteHead> order : List.of(Arrays.asList(future), List.of(future[1], future[0]))) {
      reader = new MemoryLogStore();
      FollowOutcome outcome = follow(ALL, today, order.get(0), order.get(1));
      assertThat(outcome.head().orElseThrow().size()).isEqualTo(50);
      assertThat(outcome.findings()).isEmpty();
    }
    reader = new MemoryLogStore();
    RemoteHead other = at(fork.remote(25, pages(fork, 0, 20)), ahead);
    isFork(follow(ALL, today, other), "the entries here are others in [19, 20)");
  }
}
