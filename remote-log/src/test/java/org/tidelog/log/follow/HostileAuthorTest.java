package org.tidelog.log.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.merkle.NaiveMerkle;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;

/** Authors whose signatures are right and whose blocks are not: nothing of them is kept. */
class HostileAuthorTest {
  private static final long NOW = TestLogs.NOW;
  private static final long ALL = Long.MAX_VALUE / 2;
  private static final int SIZE = 60;
  private static final Signer SIGNER = TestLogs.signer(1);
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Slice WHOLE =
      TestLogs.slice(0, TestLogs.anyEntries(new Random(50), 0, SIZE, 60));
  private static final NaiveMerkle MERKLE = new NaiveMerkle(WHOLE.ids(LOG, Digest.ZERO));

  private final TestMirror mirror = new TestMirror();
  private final MemoryLogStore reader = new MemoryLogStore();

  private static Digest previous(int seq) {
    return seq == 0 ? Digest.ZERO : MERKLE.leaves().get(seq - 1);
  }

  private static Head head(Digest root) {
    return Head.sign(new Head.Statement(LOG, SIZE, previous(SIZE), root, NOW), SIGNER);
  }

  private Cid put(byte[] block) {
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    mirror.blocks.put(cid, block);
    return cid;
  }

  private IndexChild page(int from, int to) {
    return page(LOG, WHOLE.cut(from, to), from, to);
  }

  /** A child of the right range that names a page of any slice of any log. */
  private IndexChild page(IpnsName log, Slice slice, int from, int to) {
    byte[] block = new Page(log, List.of(slice)).encode();
    return child(0, from, to, put(block), block.length);
  }

  private static IndexChild child(int level, int from, int to, Cid cid, int bytes) {
    return new IndexChild(level, from, to, bytes, cid, previous(from), MERKLE.roots(from, to));
  }

  private IndexChild node(int level, int from, int to, List<IndexChild> children) {
    byte[] block = new IndexNode(children).encode();
    return child(level, from, to, put(block), block.length);
  }

  /** Publishes these children under a record whose head is right. */
  private FollowOutcome followed(List<IndexChild> children) {
    return followed(new IndexRoot(head(MERKLE.root(SIZE)), children), head(MERKLE.root(SIZE)));
  }

  private FollowOutcome followed(IndexRoot root, Head head) {
    Cid index = put(root.encode());
    RemoteHead remote =
        new RemoteHead(head, Optional.of(index), SIZE, previous(SIZE), Optional.empty());
    mirror.names.put(LOG, remote.sign(SIGNER).bytes());
    return mirror.follow(LOG, reader, ALL, NOW);
  }

  private void refused(FollowOutcome outcome, Finding.Kind kind, int entriesKept) {
    assertThat(outcome.findings()).isNotEmpty();
    assertThat(outcome.findings()).extracting(Finding::kind).containsOnly(kind);
    assertThat(TestHome.contents(LOG, reader)).hasSize(entriesKept);
    assertThat(outcome.missing().count()).isEqualTo(SIZE - entriesKept);
  }

  @Test
  void aRightIndexIsTaken() {
    FollowOutcome outcome =
        followed(
            List.of(
                node(1, 0, 40, List.of(page(0, 16), page(16, 40))), page(40, 50), page(50, SIZE)));

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.missing().isEmpty()).isTrue();
  }

  @Test
  void refusesAHeadWhoseRootIsNotThatOfTheIndex() {
    Head wrong = head(Digest.ZERO);
    refused(
        followed(new IndexRoot(head(MERKLE.root(SIZE)), List.of(page(0, SIZE))), wrong),
        Finding.Kind.BAD_INDEX,
        0);
  }

  @Test
  void refusesAnIndexWhoseHeadIsNotSigned() {
    Head.Statement statement = head(MERKLE.root(SIZE)).statement();
    Head unsigned = Head.claimed(statement, new byte[Head.SIGNATURE_BYTES]);
    refused(
        followed(new IndexRoot(unsigned, List.of(page(0, SIZE))), head(MERKLE.root(SIZE))),
        Finding.Kind.BAD_INDEX,
        0);
  }

  @Test
  void refusesTheIndexOfAnotherLog() {
    Head.Statement s = head(MERKLE.root(SIZE)).statement();
    Head other =
        Head.sign(
            new Head.Statement(TestLogs.name(2), SIZE, s.last(), s.root(), NOW),
            TestLogs.signer(2));
    refused(
        followed(new IndexRoot(other, List.of(page(0, SIZE))), head(MERKLE.root(SIZE))),
        Finding.Kind.BAD_INDEX,
        0);
  }

  @Test
  void refusesAnIndexThatCoversLess() {
    refused(followed(List.of(page(0, SIZE - 1))), Finding.Kind.BAD_INDEX, 0);
  }

  @Test
  void refusesThePageOfAnotherLogAndTakesTheRest() {
    refused(
        followed(List.of(page(0, 20), page(TestLogs.name(2), WHOLE.cut(20, SIZE), 20, SIZE))),
        Finding.Kind.BAD_PAGE,
        20);
  }

  @Test
  void refusesAPageOfOtherEntries() {
    Slice others = TestLogs.slice(20, TestLogs.anyEntries(new Random(51), 20, SIZE - 20, 60));
    refused(followed(List.of(page(0, 20), page(LOG, others, 20, SIZE))), Finding.Kind.BAD_PAGE, 20);
  }

  @Test
  void refusesAnOlderPageOfOtherEntries() {
    Slice others = TestLogs.slice(0, TestLogs.anyEntries(new Random(51), 0, 20, 60));
    refused(
        followed(List.of(page(LOG, others, 0, 20), page(20, SIZE))),
        Finding.Kind.BAD_PAGE,
        SIZE - 20);
  }

  @Test
  void refusesAPageOfAnotherRange() {
    refused(
        followed(List.of(page(0, 20), page(LOG, WHOLE.cut(0, 19), 20, SIZE))),
        Finding.Kind.BAD_PAGE,
        20);
  }

  @Test
  void saysThatABlockIsNamedTwice() {
    FollowOutcome outcome = followed(List.of(page(0, 20), page(LOG, WHOLE.cut(0, 20), 20, SIZE)));

    assertThat(outcome.findings()).extracting(Finding::what).contains("it names one block twice");
    assertThat(outcome.missing().count()).isEqualTo(SIZE);
  }

  @Test
  void readsABlockOnceThatIsNamedTwiceOnTheWayToAFork() {
    Slice others = TestLogs.slice(0, TestLogs.anyEntries(new Random(51), 0, 30, 60));
    List<Digest> ids = others.ids(LOG, Digest.ZERO);
    Digest root = new NaiveMerkle(ids).root(30);
    Head here = Head.sign(new Head.Statement(LOG, 30, ids.get(29), root, NOW), SIGNER);
    Optional<Cid> away = Optional.of(Cid.sha256(Codec.DAG_CBOR, new byte[] {1}));
    RemoteHead tail = new RemoteHead(here, away, 10, ids.get(9), Optional.of(others.cut(10, 30)));
    mirror.names.put(LOG, tail.sign(SIGNER).bytes());
    mirror.follow(LOG, reader, ALL, NOW);
    assertThat(TestHome.contents(LOG, reader)).hasSize(20);

    IndexChild page = page(20, SIZE);
    FollowOutcome outcome = followed(List.of(child(0, 0, 20, page.cid(), page.bytes()), page));

    assertThat(outcome.findings())
        .extracting(Finding::what)
        .contains("it is a page of another range or log");
    assertThat(outcome.blocksRead()).isEqualTo(2);
    assertThat(TestHome.contents(LOG, reader)).hasSize(20);
  }

  @Test
  void refusesNodesWhoseChildrenOverlapLeaveGapsOrRise() {
    List<List<IndexChild>> wrong = new ArrayList<>();
    wrong.add(List.of(page(20, 45), page(40, SIZE)));
    wrong.add(List.of(page(20, 40), page(45, SIZE)));
    wrong.add(List.of(page(20, SIZE - 1)));
    wrong.add(List.of(node(1, 20, SIZE, List.of(page(20, SIZE)))));
    wrong.add(List.of(node(5, 20, SIZE, List.of(page(20, SIZE)))));
    for (List<IndexChild> children : wrong) {
      HostileAuthorTest one = new HostileAuthorTest();
      mirror.blocks.cids().forEach(cid -> one.put(mirror.block(cid, 1 << 20).get()));
      one.refused(
          one.followed(List.of(one.page(0, 20), one.node(1, 20, SIZE, children))),
          Finding.Kind.BAD_INDEX,
          20);
    }
  }

  @Test
  void refusesABlockThatIsLongerThanSaid() {
    IndexChild said = page(0, SIZE);
    Cid big = put(new byte[Limits.PAGE_BYTES_MAX - 1]);
    FollowOutcome outcome = followed(List.of(child(0, 0, SIZE, big, Limits.PAGE_BYTES_MAX - 1)));

    assertThat(said.bytes()).isLessThan(10_000);
    refused(outcome, Finding.Kind.BAD_PAGE, 0);
  }

  @Test
  void doesBoundedWorkWhenOneBlockIsNamedOverAndOver() {
    IndexChild first = page(0, 1);
    List<IndexChild> children = new ArrayList<>();
    for (int seq = 0; seq < SIZE; seq++) {
      children.add(child(0, seq, seq + 1, first.cid(), first.bytes()));
    }

    FollowOutcome outcome = followed(children);

    assertThat(outcome.blocksRead()).isLessThanOrEqualTo(1 + 32 + 8);
    assertThat(outcome.findings()).isNotEmpty();
    assertThat(TestHome.contents(LOG, reader)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void givesUpAnAuthorWhoseBlocksAreAllWrong() {
    List<IndexChild> children = new ArrayList<>();
    for (int seq = 0; seq < SIZE; seq++) {
      // Each is a block of its own, and a page of another range.
      int other = (seq + 1) % SIZE;
      children.add(page(LOG, WHOLE.cut(other, other + 1), seq, seq + 1));
    }

    FollowOutcome outcome = followed(children);

    assertThat(outcome.blocksRead()).isLessThanOrEqualTo(1 + 32 + 8);
    refused(outcome, Finding.Kind.BAD_PAGE, 0);
  }

  @Test
  void doesBoundedWorkOnTheDeepestTreeThereIs() {
    IndexChild child = page(0, SIZE);
    for (int level = 1; level <= 8; level++) child = node(level, 0, SIZE, List.of(child));

    FollowOutcome outcome = followed(List.of(child));

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.blocksRead()).isEqualTo(10);
    assertThat(TestHome.contents(LOG, reader)).hasSize(SIZE);
  }
}
