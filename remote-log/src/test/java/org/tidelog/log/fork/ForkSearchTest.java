package org.tidelog.log.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.StoreException;

/** Which blocks a comparison asks for, one by one, and what it makes of what is here in part. */
final class ForkSearchTest {
  private static final int SIZE = 60;
  private static final LaidOutLog OURS = LaidOutLog.of(SIZE, SIZE, 1);
  private static final Digest ODD = Sha256.hash(new byte[] {99});

  /** The result of a search and what was read for it, in order. */
  private record Run(ForkSearch.Result result, List<Cid> read) {
    Optional<ForkProof> proof() throws Exception {
      Optional<ForkProof> proof = ((ForkSearch.Result.Forked) result).proof();
      if (proof.isPresent()) ForkProof.verified(proof.get().encode(), TestLogs.VERIFIER);
      return proof;
    }
  }

  private static SeqRange range(int from, int to) {
    return new SeqRange(from, to);
  }

  private static ForkSearch search(MemoryLogStore store, Head ours, RemoteHead theirs) {
    return new ForkSearch(LaidOutLog.LOG, store, ours, theirs, TestLogs.VERIFIER);
  }

  private static Run run(MemoryLogStore store, LaidOutLog log, RemoteHead theirs) {
    return run(search(store, OURS.head(SIZE), theirs), log);
  }

  private static Run run(ForkSearch search, LaidOutLog log) {
    List<Cid> read = new ArrayList<>();
    while (search.wanted().isPresent()) {
      Cid cid = search.wanted().get().cid();
      read.add(cid);
      assertThat(read).hasSizeLessThanOrEqualTo(ForkSearch.BLOCKS_MAX);
      search.onBlock(log.blocks.get(cid));
    }
    return new Run(search.result().orElseThrow(), read);
  }

  private static Cid index(RemoteHead remote) {
    return remote.index().orElseThrow();
  }

  private static IndexChild[] pages(LaidOutLog log, int... bounds) {
    IndexChild[] pages = new IndexChild[bounds.length - 1];
    for (int i = 0; i < pages.length; i++) pages[i] = log.page(bounds[i], bounds[i + 1]);
    return pages;
  }

  @Test
  void readsNoPageThatIsTheSameOrHereInPart() throws Exception {
    LaidOutLog fork = LaidOutLog.of(55, SIZE, 2);
    IndexChild[] pages = pages(fork, 0, 20, 40, 50, SIZE);
    RemoteHead theirs = fork.remote(SIZE, pages);

    Run run = run(OURS.store(range(0, 10), range(15, 18), range(40, SIZE)), fork, theirs);

    assertThat(run.read).containsExactly(index(theirs), pages[3].cid());
    assertThat(run.proof().orElseThrow()).isInstanceOf(ForkPoint.class);
    assertThat(run.proof().orElseThrow().point()).hasValue(55);
    assertThat(run.proof().orElseThrow().heads())
        .containsExactlyInAnyOrder(OURS.head(SIZE), fork.head(SIZE));
  }

  @Test
  void readsThePageInWhichTheNewestRunBegins() throws Exception {
    LaidOutLog fork = LaidOutLog.of(35, SIZE, 2);
    IndexChild[] pages = pages(fork, 0, 20, 40, SIZE);
    RemoteHead theirs = fork.remote(SIZE, pages);

    Run run = run(OURS.store(range(0, 10), range(20, 25), range(30, SIZE)), fork, theirs);

    assertThat(run.read).containsExactly(index(theirs), pages[1].cid());
    assertThat(run.proof().orElseThrow().point()).hasValue(35);
  }

  /** Three levels of five entries a page: each node is here in part, and the last one differs. */
  @Test
  void looksIntoNineNodesThatAreHereInPart() throws Exception {
    LaidOutLog fork = LaidOutLog.of(57, SIZE, 2);
    List<IndexChild> nodes = new ArrayList<>();
    List<SeqRange> held = new ArrayList<>();
    for (int from = 0; from < SIZE; from += 5) {
      nodes.add(fork.node(1, List.of(fork.page(from, from + 5))));
      held.add(range(from, from == 55 ? SIZE : from + 2));
    }
    RemoteHead theirs = fork.remote(SIZE, nodes.toArray(new IndexChild[0]));

    Run run = run(OURS.store(held.toArray(new SeqRange[0])), fork, theirs);

    List<Cid> expected = new ArrayList<>(List.of(index(theirs)));
    nodes.subList(0, IndexChild.LEVEL_MAX + 1).forEach(node -> expected.add(node.cid()));
    expected.add(nodes.get(11).cid());
    expected.add(fork.page(55, SIZE).cid());
    assertThat(run.read).isEqualTo(expected);
    assertThat(run.proof().orElseThrow().point()).hasValue(57);
  }

  /** A node that is here in part, and that is said to be so large. */
  private static Run partlyHere(int bytes, boolean[] looked) {
    LaidOutLog fork = LaidOutLog.of(57, SIZE, 2);
    Cid node = fork.node(1, List.of(fork.page(0, 20))).cid();
    RemoteHead theirs = fork.remote(SIZE, fork.child(1, 0, 20, node, bytes), fork.page(20, SIZE));
    Run run = run(OURS.store(range(0, 10), range(20, SIZE)), fork, theirs);
    looked[0] = run.read.contains(node);
    assertThat(run.read).hasSize(looked[0] ? 3 : 2).contains(fork.page(20, SIZE).cid());
    return run;
  }

  @Test
  void looksIntoSuchNodesWithinAMebibyte() throws Exception {
    LaidOutLog fork = LaidOutLog.of(57, SIZE, 2);
    IndexChild child =
        fork.child(1, 0, 20, Cid.sha256(Codec.DAG_CBOR, new byte[0]), Limits.PAGE_BYTES_MAX);
    RemoteHead theirs = fork.remote(SIZE, child, fork.page(20, SIZE));
    int root = fork.blocks.get(index(theirs)).length;
    boolean[] looked = new boolean[1];

    assertThat(partlyHere(Limits.PAGE_BYTES_MAX - root, looked).proof()).isPresent();
    assertThat(looked[0]).isTrue();
    assertThat(partlyHere(Limits.PAGE_BYTES_MAX - root + 1, looked).proof()).isPresent();
    assertThat(looked[0]).isFalse();
  }

  @Test
  void namesTheBlockThatIsWrong() {
    LaidOutLog fork = LaidOutLog.of(35, SIZE, 2);
    IndexChild[] pages = pages(fork, 0, 20, SIZE);
    RemoteHead theirs = fork.remote(SIZE, pages);
    ForkSearch search = search(OURS.store(range(0, SIZE)), OURS.head(SIZE), theirs);
    search.onBlock(fork.blocks.get(index(theirs)));
    search.onBlock(fork.blocks.get(pages[0].cid()));

    assertThat(search.wanted()).isEmpty();
    assertThat(((ForkSearch.Result.Refused) search.result().orElseThrow()).block())
        .isEqualTo(pages[1].cid());
    ForkSearch other = search(OURS.store(range(0, SIZE)), OURS.head(SIZE), theirs);
    other.onBlock(new byte[] {1});
    assertThat(((ForkSearch.Result.Refused) other.result().orElseThrow()).block())
        .isEqualTo(index(theirs));
  }

  @Test
  void agreesWithASmallerHeadThatIsContinuedHere() {
    RemoteHead theirs = OURS.remote(40, pages(OURS, 0, 20, 40));

    Run whole = run(OURS.store(range(0, SIZE)), OURS, theirs);
    assertThat(whole.result).isEqualTo(new ForkSearch.Result.Agrees());
    assertThat(whole.read).containsExactly(index(theirs));
    Run gap = run(OURS.store(range(0, 5), range(30, SIZE)), OURS, theirs);
    assertThat(gap.result).isEqualTo(new ForkSearch.Result.Agrees());
    assertThat(gap.read).containsExactly(index(theirs), OURS.page(20, 40).cid());
  }

  /** What differs is nowhere here: a head of this size or more tells, a smaller one does not. */
  @Test
  void tellsAForkInAGapByTheRootsOfHeadsThatAreNotSmaller() throws Exception {
    LaidOutLog longer = LaidOutLog.of(SIZE, SIZE + 10, 2).with(Collections.nCopies(20, ODD));
    MemoryLogStore store = OURS.store(range(20, SIZE));

    RemoteHead smaller = longer.remote(40, pages(longer, 0, 20, 40));
    assertThat(run(store, longer, smaller).result).isEqualTo(new ForkSearch.Result.Agrees());
    for (int size : new int[] {SIZE, SIZE + 10}) {
      RemoteHead theirs = longer.remote(size, pages(longer, 0, 20, SIZE));
      Run run = run(store, longer, theirs);
      assertThat(run.read).containsExactly(index(theirs));
      assertThat(run.proof().orElseThrow()).isInstanceOf(ForkedHeads.class);
      assertThat(run.proof().orElseThrow().heads())
          .containsExactlyInAnyOrder(OURS.head(SIZE), longer.head(size));
    }
  }

  /** An author who has two texts before entries that name one and the same before them. */
  @Test
  void provesNoPointBehindEntriesThatDifferInAGap() throws Exception {
    LaidOutLog fork = LaidOutLog.of(50, SIZE, 2).with(Collections.nCopies(20, ODD));
    RemoteHead theirs = fork.remote(SIZE, pages(fork, 0, 20, 40, SIZE));

    Run run = run(OURS.store(range(20, SIZE)), fork, theirs);

    assertThat(run.read).containsExactly(index(theirs), fork.page(40, SIZE).cid());
    assertThat(run.proof().orElseThrow()).isInstanceOf(ForkedHeads.class);
  }

  @Test
  void provesNoPointWhereEntriesBeforeOrBehindItAreMissing() throws Exception {
    LaidOutLog fork = LaidOutLog.of(35, SIZE, 2);
    RemoteHead theirs = fork.remote(SIZE, pages(fork, 0, 20, 40, SIZE));
    Run behind = run(OURS.store(range(0, 40), range(45, SIZE)), fork, theirs);
    assertThat(behind.read).contains(fork.page(20, 40).cid());
    assertThat(behind.proof().orElseThrow()).isInstanceOf(ForkedHeads.class);

    LaidOutLog early = LaidOutLog.of(10, SIZE, 2);
    RemoteHead other = early.remote(SIZE, pages(early, 0, 20, SIZE));
    Run before = run(OURS.store(range(15, SIZE)), early, other);
    assertThat(before.proof().orElseThrow()).isInstanceOf(ForkedHeads.class);
  }

  @Test
  void needsAllOfItsOwnEntriesToProveThatASmallerHeadIsNotContinued() throws Exception {
    LaidOutLog fork = LaidOutLog.of(10, 40, 2);
    RemoteHead theirs = fork.remote(40, pages(fork, 0, 20, 40));

    MemoryLogStore gap = OURS.store(range(0, 50), range(55, SIZE));
    assertThat(run(gap, fork, theirs).proof()).isEmpty();
    ForkSearch cannot = search(gap, OURS.head(SIZE), theirs);
    cannot.onUnavailable();
    assertThat(cannot.result()).contains(new ForkSearch.Result.Unsettled());
    ForkSearch whole = search(OURS.store(range(0, SIZE)), OURS.head(SIZE), theirs);
    whole.onUnavailable();
    ForkProof proof = new Run(whole.result().orElseThrow(), List.of()).proof().orElseThrow();
    assertThat(proof).isInstanceOf(ForkedHeads.class);
    assertThat(proof.heads()).containsExactly(fork.head(40), OURS.head(SIZE));
  }

  @Test
  void provesThatAHeadContradictsItselfWhereAllEntriesAreHere() throws Exception {
    Head lying = LaidOutLog.head(SIZE, ODD, OURS.root(SIZE));
    RemoteHead theirs = OURS.remote(lying, ODD, pages(OURS, 0, 20, SIZE));

    Run whole = run(OURS.store(range(0, SIZE)), OURS, theirs);
    assertThat(whole.proof().orElseThrow()).isInstanceOf(FalseHead.class);
    assertThat(whole.proof().orElseThrow().point()).hasValue(SIZE - 1);
    assertThat(whole.proof().orElseThrow().heads()).containsExactly(lying);
    Run gap = run(OURS.store(range(0, 5), range(20, SIZE)), OURS, theirs);
    assertThat(gap.proof().orElseThrow()).isInstanceOf(ForkedHeads.class);
  }

  @Test
  void saysThatTheStoreIsDamagedWhereHeadAndEntriesDoNotFit() {
    LaidOutLog fork = LaidOutLog.of(10, 40, 2);
    RemoteHead theirs = fork.remote(40, pages(fork, 0, 20, 40));
    Head wrong = LaidOutLog.head(SIZE, OURS.previous(SIZE), ODD);
    ForkSearch search = search(OURS.store(range(0, SIZE)), wrong, theirs);

    assertThatThrownBy(search::onUnavailable)
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("its head and its entries do not fit together");
  }

  private static final int WIDE = 7_000;
  private static final int DEEP = 4;
  private static final int END = DEEP * WIDE + 10;

  /** Four nodes of nearly a mebibyte each, one in the other, lead to a page of so many bytes. */
  private static ForkSearch wide(int pageBytes, int[] read) {
    List<Digest> ids = new ArrayList<>();
    for (int i = 0; i < END; i++) {
      ids.add(Sha256.hash(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}));
    }
    LaidOutLog log = LaidOutLog.ofIds(ids);
    Cid some = Cid.sha256(Codec.DAG_CBOR, new byte[] {1});
    IndexChild child = log.child(0, DEEP * WIDE, END, some, pageBytes);
    for (int level = 1; level <= DEEP; level++) {
      List<IndexChild> children = new ArrayList<>();
      int first = (DEEP - level) * WIDE;
      for (int seq = first; seq < first + WIDE; seq++) {
        children.add(log.child(0, seq, seq + 1, some, 1));
      }
      children.add(child);
      child = log.node(level, children);
    }
    RemoteHead theirs = log.remote(END, child);
    int ours = END - 5;
    ForkSearch search = search(new MemoryLogStore(), log.head(ours), theirs);
    for (int i = 0; i <= DEEP; i++) {
      assertThat(search.decidesContinuation()).isTrue();
      byte[] block = log.blocks.get(search.wanted().orElseThrow().cid());
      read[0] += block.length;
      search.onBlock(block);
    }
    return search;
  }

  @Test
  void readsFourMebibytesAndNotAByteMore() {
    int[] read = new int[1];
    wide(Limits.PAGE_BYTES_MAX, read);
    int left = ForkSearch.BYTES_MAX - read[0];
    assertThat(left).isBetween(1 << 16, Limits.PAGE_BYTES_MAX - 1);

    ForkSearch.Wanted last = wide(left, new int[1]).wanted().orElseThrow();
    assertThat(last.bytes()).isEqualTo(left);
    ForkSearch over = wide(left + 1, new int[1]);
    assertThat(over.wanted()).isEmpty();
    assertThat(over.result().orElseThrow())
        .isEqualTo(
            new ForkSearch.Result.Refused(
                "it takes more than " + read[0] + " bytes to tell whether it goes on from here",
                last.cid()));
  }
}
