package org.tidelog.log.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.merkle.NaiveMerkle;
import org.tidelog.log.spi.PublishedBlock;

/** Where classes, levels and children end, and what an index has to do with its record. */
final class PageShapeTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Slice SLICE =
      TestLogs.slice(0, TestLogs.anyEntries(new Random(30), 0, 12, 60));
  private static final List<Digest> IDS = SLICE.ids(LOG, Digest.ZERO);
  private static final Cid CID = Cid.sha256(Codec.DAG_CBOR, new byte[] {1});

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "2047, 0",
    "2048, 1",
    "8191, 1",
    "8192, 2",
    "32767, 2",
    "32768, 3",
    "131071, 3",
    "131072, 4",
    "999999999, 4"
  })
  void aPageIsOfTheClassOfItsWeight(long weight, int sizeClass) {
    assertThat(PageLimits.sizeClass(weight)).isEqualTo(sizeClass);
    assertThat(PagePlan.isSettled(weight)).isEqualTo(sizeClass == 4);
  }

  @Test
  void limitsAreThoseOfARecord() {
    assertThat(new PageLimits(0, 8192).firstWeightMax()).isEqualTo(8192);
    assertThat(new PageLimits(8192, 0).tailWeightMax()).isEqualTo(8192);
    for (int[] odd : new int[][] {{-1, 0}, {0, -1}, {8193, 0}, {0, 8193}}) {
      assertThatThrownBy(() -> new PageLimits(odd[0], odd[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fourPagesOfAClassBecomeOne() {
    PagePlan plan = new PagePlan(new PageLimits(100, 100), List.of(), 0);
    for (int i = 0; i < 3; i++) plan.add(101);
    assertThat(plan.pages()).hasSize(3);
    plan.add(101);

    assertThat(plan.pages()).containsExactly(new PagePlan.Extent(0, 4, 404));
    assertThat(plan.tailFirst()).isEqualTo(4);
  }

  @Test
  void aLargerPageTakesTheSmallerOnesBeforeItAlong() {
    PagePlan plan = new PagePlan(new PageLimits(100, 100), List.of(), 0);
    plan.add(101);
    plan.add(101);
    plan.add(2_048);

    assertThat(plan.pages()).containsExactly(new PagePlan.Extent(0, 3, 2_250));
    plan.add(101);
    assertThat(plan.pages()).hasSize(2);
  }

  @Test
  void aSettledPageIsLeftAlone() {
    PagePlan plan = new PagePlan(new PageLimits(100, 100), List.of(), 0);
    for (int i = 0; i < 9; i++) plan.add(131_072);

    assertThat(plan.pages()).hasSize(9).allMatch(page -> PagePlan.isSettled(page.weight()));
    plan.add(101);
    plan.add(131_072);
    assertThat(plan.pages()).hasSize(10).endsWith(new PagePlan.Extent(9, 11, 131_173));
  }

  @Test
  void aFullTailStaysUntilMoreComes() {
    PagePlan plan = new PagePlan(new PageLimits(100, 200), List.of(), 0);
    plan.add(200);
    assertThat(plan.tailFirst()).isZero();
    plan.add(1);
    assertThat(plan.pages()).containsExactly(new PagePlan.Extent(0, 1, 200));
    plan.add(99);
    assertThat(plan.tailFirst()).isEqualTo(1);
    plan.add(1);
    assertThat(plan.tailFirst()).isEqualTo(3);
    assertThat(plan.end()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "1, 1, false",
    "8, 1, false",
    "9, 1, true",
    "64, 1, true",
    "65, 2, true",
    "128, 2, true",
    "129, 3, true"
  })
  void aLevelHasANodeForEverySixtyFour(int blocks, int nodes, boolean needed) {
    assertThat(IndexTree.nodesOver(blocks)).isEqualTo(nodes);
    assertThat(IndexTree.needsLevelOver(blocks)).isEqualTo(needed);
  }

  private static PublishedBlock block(int ordinal, int first, int end) {
    Digest previous = first == 0 ? Digest.ZERO : IDS.get(first - 1);
    List<Digest> roots = AlignedRoots.of(first, IDS.subList(first, end));
    return new PublishedBlock(0, ordinal, first, end, 10L + first, 500, CID, previous, roots);
  }

  @Test
  void everyNodeHasItsOwnChildren() {
    List<PublishedBlock> below = new ArrayList<>(Collections.nCopies(64, block(0, 0, 1)));
    below.addAll(Collections.nCopies(3, block(1, 1, 2)));

    assertThat(IndexTree.childrenOf(0, below)).hasSize(64).containsOnly(block(0, 0, 1));
    assertThat(IndexTree.childrenOf(1, below)).hasSize(3).containsOnly(block(1, 1, 2));
  }

  @Test
  void aNodeIsTheSumOfItsChildren() throws Exception {
    List<PublishedBlock> below = List.of(block(0, 3, 5), block(1, 5, 9));

    PublishedBlock node = IndexTree.node(2, 7, below, (line, bytes) -> line);
    byte[] bytes = IndexTree.node(2, 7, below, (line, made) -> made);

    assertThat(node.level()).isEqualTo(2);
    assertThat(node.ordinal()).isEqualTo(7);
    assertThat(node.first()).isEqualTo(3);
    assertThat(node.end()).isEqualTo(9);
    assertThat(node.weight()).isEqualTo(13 + 15);
    assertThat(node.bytes()).isEqualTo(bytes.length);
    assertThat(node.cid().matches(bytes)).isTrue();
    assertThat(node.previous()).isEqualTo(IDS.get(2));
    assertThat(node.roots()).isEqualTo(AlignedRoots.of(3, IDS.subList(3, 9)));
    IndexChild named = IndexChild.of(node);
    assertThat(IndexNode.parse(bytes, named).children())
        .containsExactly(IndexChild.of(below.get(0)), IndexChild.of(below.get(1)));
    assertThat(named.range().length()).isEqualTo(6);
  }

  private static Frontier frontier(int size) {
    Frontier frontier = Frontier.empty();
    IDS.subList(0, size).forEach(frontier::append);
    return frontier;
  }

  private static Head head(int size, long time) {
    return Head.sign(
        new Head.Statement(LOG, size, IDS.get(size - 1), frontier(size).root(), time),
        TestLogs.signer(1));
  }

  private static IndexRoot index(int size) {
    return IndexTree.root(head(size, TestLogs.NOW), List.of(block(0, 0, 3), block(1, 3, size)));
  }

  private static RemoteHead record(int paged, int size) {
    return new RemoteHead(
        head(size, TestLogs.NOW),
        Optional.of(CID),
        paged,
        IDS.get(paged - 1),
        Optional.of(SLICE.cut(paged, size)));
  }

  private static Optional<String> problem(IndexRoot index, RemoteHead record) {
    return index.problem(LOG, record, TestLogs.VERIFIER);
  }

  @Test
  void anIndexFitsTheRecordThatNamesIt() {
    RemoteHead record = record(5, 9);
    assertThat(problem(index(5), record)).isEmpty();

    assertThat(index(5).problem(TestLogs.name(2), record, TestLogs.VERIFIER))
        .contains("it is the index of another log");
    assertThat(problem(index(6), record)).contains("it covers 6 entries, the record says 5");
    Head.Statement says = index(5).head().statement();
    Head unsigned = Head.claimed(says, new byte[Head.SIGNATURE_BYTES]);
    assertThat(problem(new IndexRoot(unsigned, index(5).children()), record))
        .contains("its head's signature does not verify");
    Head other =
        Head.sign(
            new Head.Statement(LOG, 5, IDS.get(7), says.root(), says.timeMillis()),
            TestLogs.signer(1));
    assertThat(problem(new IndexRoot(other, index(5).children()), record))
        .contains("it ends in another entry");
  }

  @Test
  void anIndexOfOtherEntriesDoesNotFitTheHead() {
    NaiveMerkle others = NaiveMerkle.ofSize(5);
    IndexChild child = new IndexChild(0, 0, 5, 500, CID, Digest.ZERO, others.roots(0, 5));
    Head signed =
        Head.sign(
            new Head.Statement(LOG, 5, IDS.get(4), others.root(5), TestLogs.NOW),
            TestLogs.signer(1));

    assertThat(problem(new IndexRoot(signed, List.of(child)), record(5, 9)))
        .contains("its entries are not those of the head");
  }

  @Test
  void anIndexMayBeSignedInTheLastMillisecond() throws Exception {
    IndexRoot last =
        new IndexRoot(head(5, Limits.TIME_MILLIS_MAX), List.of(IndexChild.of(block(0, 0, 5))));

    assertThat(IndexRoot.parse(last.encode())).isEqualTo(last);
  }

  private static byte[] indexOf(IndexChild child) {
    return new IndexRoot(head(5, TestLogs.NOW), List.of(child)).encode();
  }

  @Test
  void childrenReachTheBoundsOfTheFormatAndNoFurther() throws Exception {
    List<Digest> roots = AlignedRoots.of(0, IDS.subList(0, 5));
    int top = IndexChild.LEVEL_MAX;
    for (int bytes : new int[] {1, Limits.PAGE_BYTES_MAX}) {
      IndexChild child = new IndexChild(top, 0, 5, bytes, CID, Digest.ZERO, roots);
      assertThat(IndexRoot.parse(indexOf(child)).children()).containsExactly(child);
    }
    refuses(new IndexChild(top + 1, 0, 5, 9, CID, Digest.ZERO, roots), "level 9");
    Cid raw = Cid.sha256(Codec.RAW, new byte[] {1});
    refuses(new IndexChild(0, 0, 5, 9, raw, Digest.ZERO, roots), "names no block");
    Cid itself = Cid.identity(Codec.DAG_CBOR, new byte[] {1});
    refuses(new IndexChild(0, 0, 5, 9, itself, Digest.ZERO, roots), "names no block");
  }

  private static void refuses(IndexChild child, String why) {
    assertThatThrownBy(() -> IndexRoot.parse(indexOf(child)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void childrenEndWhereALogMayEnd() throws Exception {
    for (long end : new long[] {Limits.SIZE_MAX, Limits.SIZE_MAX + 1}) {
      long first = end - 1;
      IndexChild child = new IndexChild(0, first, end, 9, CID, Digest.ZERO, List.of(IDS.get(0)));
      IndexChild parent = new IndexChild(1, first, end, 9, CID, Digest.ZERO, List.of(IDS.get(0)));
      byte[] node = new IndexNode(List.of(child)).encode();

      if (end == Limits.SIZE_MAX) {
        assertThat(IndexNode.parse(node, parent).children()).containsExactly(child);
      } else {
        assertThatThrownBy(() -> IndexNode.parse(node, parent))
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void recordsLeadToTheSameBlocksWhereHeadAndIndexAreTheSame() {
    RemoteHead record = record(5, 9);
    RemoteHead bare = record.withoutPayloads(seq -> true);
    RemoteHead elsewhere =
        new RemoteHead(
            record.head(),
            Optional.of(Cid.sha256(Codec.DAG_CBOR, new byte[] {2})),
            5,
            IDS.get(4),
            record.tail());

    assertThat(record.leadsAs(bare)).isTrue();
    assertThat(record.leadsAs(elsewhere)).isFalse();
    assertThat(record.leadsAs(record(6, 9))).isFalse();
    assertThat(record.leadsAs(record(5, 10))).isFalse();
    assertThat(bare.rootWith(frontier(5))).isEqualTo(record.head().root());
    assertThat(bare.tail().orElseThrow().entries(LOG, IDS.get(4)))
        .extracting(Entry::payload)
        .containsOnly(Optional.empty());
    assertThat(record.withoutPayloads(seq -> false)).isEqualTo(record);
    assertThat(record.content().ttl()).isEqualTo(Duration.ofMinutes(5));
  }
}
