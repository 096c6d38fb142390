package org.tidelog.log.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.merkle.NaiveMerkle;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;

/** How much a follower asks for, and what it makes of several records and of what goes wrong. */
final class FollowerBoundsTest {
  private static final long NOW = TestLogs.NOW;
  private static final long DAY = 24L * 60 * 60 * 1_000;
  private static final int SIZE = 40;
  private static final Signer SIGNER = TestLogs.signer(1);
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Slice WHOLE = entries();
  private static final List<Digest> IDS = WHOLE.ids(LOG, Digest.ZERO);
  private static final NaiveMerkle MERKLE = new NaiveMerkle(IDS);

  private final TestMirror mirror = new TestMirror();
  private final MemoryLogStore reader = new MemoryLogStore();
  private final List<IndexChild> pages = new ArrayList<>();
  private int indexBytes;

  /** Anything the format allows, but for data at 5 and at 30. */
  private static Slice entries() {
    List<NewEntry> entries = TestLogs.anyEntries(new Random(70), 0, SIZE, 60);
    for (int seq : new int[] {5, 30}) {
      entries.set(seq, NewEntry.plain(EntryKind.DATA, NOW, new byte[] {(byte) seq}));
    }
    return TestLogs.slice(0, entries);
  }

  private static Digest previous(int seq) {
    return seq == 0 ? Digest.ZERO : IDS.get(seq - 1);
  }

  private static Head head(int size, long time) {
    return Head.sign(
        new Head.Statement(LOG, size, previous(size), MERKLE.root(size), time), SIGNER);
  }

  private Cid put(byte[] block) {
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    mirror.blocks.put(cid, block);
    return cid;
  }

  /** A page an entry below {@code paged}, and the rest in the record. */
  private byte[] publish(int paged) {
    for (int seq = 0; seq < paged; seq++) {
      byte[] page = new Page(LOG, List.of(WHOLE.cut(seq, seq + 1))).encode();
      pages.add(
          new IndexChild(
              0, seq, seq + 1, page.length, put(page), previous(seq), List.of(IDS.get(seq))));
    }
    byte[] index = new IndexRoot(head(paged, NOW), pages).encode();
    indexBytes = index.length;
    RemoteHead remote =
        new RemoteHead(
            head(SIZE, NOW),
            Optional.of(put(index)),
            paged,
            previous(paged),
            paged == SIZE ? Optional.empty() : Optional.of(WHOLE.cut(paged, SIZE)));
    byte[] record = remote.sign(SIGNER).bytes();
    mirror.names.put(LOG, record);
    return record;
  }

  /** A record that holds all entries itself. */
  private static byte[] whole(int size, long time) {
    return new RemoteHead(
            head(size, time), Optional.empty(), 0, Digest.ZERO, Optional.of(WHOLE.cut(0, size)))
        .sign(SIGNER)
        .bytes();
  }

  private FollowOutcome follow(long budget) {
    return mirror.follow(LOG, reader, budget, NOW);
  }

  private static List<Cid> asked(Follower follower) {
    List<Cid> cids = new ArrayList<>();
    for (FollowEffect effect : follower.drain()) {
      if (effect instanceof FollowEffect.GetBlock block) cids.add(block.cid());
    }
    return cids;
  }

  private static FollowOutcome outcome(Follower follower) {
    List<FollowEffect> effects = follower.drain();
    FollowEffect last = effects.get(effects.size() - 1);
    assertThat(last).isInstanceOf(FollowEffect.Done.class);
    return ((FollowEffect.Done) last).outcome();
  }

  private FollowOutcome given(byte[]... records) {
    Follower follower = new Follower(LOG, reader, TestLogs.VERIFIER);
    List<Follower.Sourced> sourced = new ArrayList<>();
    for (byte[] record : records) sourced.add(new Follower.Sourced("layer", record));
    follower.start(0);
    follower.onRecords(sourced, List.of(), NOW);
    return outcome(follower);
  }

  @Test
  void readsNoBlockWithoutABudget() {
    byte[] record = publish(SIZE);

    FollowOutcome outcome = follow(0);

    assertThat(outcome.blocksRead()).isZero();
    assertThat(outcome.bytesRead()).isEqualTo(record.length);
    assertThat(outcome.recordBytes()).isEqualTo(record.length);
    assertThat(outcome.stoppedAtBudget()).isTrue();
    assertThat(outcome.head()).contains(head(SIZE, NOW));
    assertThat(outcome.missing().count()).isEqualTo(SIZE);
  }

  /** Or a reader with little to spend would never come any further. */
  @Test
  void readsOnePageWhateverTheBudget() {
    publish(SIZE);

    FollowOutcome outcome = follow(1);

    assertThat(outcome.blocksRead()).isEqualTo(2);
    assertThat(outcome.added().ranges()).containsExactly(new SeqRange(SIZE - 1, SIZE));
    assertThat(outcome.stoppedAtBudget()).isTrue();
    assertThat(follow(1).added().ranges()).containsExactly(new SeqRange(SIZE - 2, SIZE - 1));
  }

  @Test
  void takesTheRecordsEntriesForProgress() {
    publish(30);

    FollowOutcome outcome = follow(1);

    assertThat(outcome.blocksRead()).isZero();
    assertThat(outcome.added().ranges()).containsExactly(new SeqRange(30, SIZE));
    assertThat(outcome.stoppedAtBudget()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, SIZE - 1, SIZE})
  void spendsItsBudgetToTheByte(int count) {
    byte[] record = publish(SIZE);
    long budget = (long) record.length + indexBytes;
    for (IndexChild page : pages.subList(SIZE - count, SIZE)) budget += page.bytes();

    FollowOutcome exact = follow(budget);
    FollowOutcome less = mirror.follow(LOG, new MemoryLogStore(), budget - 1, NOW);

    assertThat(exact.added().ranges()).containsExactly(new SeqRange(SIZE - count, SIZE));
    assertThat(exact.bytesRead()).isEqualTo(budget);
    assertThat(exact.blocksRead()).isEqualTo(1 + count);
    assertThat(exact.stoppedAtBudget()).isEqualTo(count < SIZE);
    assertThat(less.added().count()).isEqualTo(Math.max(1, count - 1));
  }

  @Test
  void asksForEightBlocksAtOnceTheNewestFirst() {
    byte[] record = publish(SIZE);
    Follower follower = new Follower(LOG, reader, TestLogs.VERIFIER);
    follower.start(1 << 20);
    assertThat(follower.drain()).containsExactly(new FollowEffect.GetRecords(LOG));
    assertThat(follower.entriesKnown()).isZero();
    follower.onRecords(List.of(new Follower.Sourced("layer", record)), List.of(), NOW);
    assertThat(follower.entriesKnown()).isEqualTo(SIZE);
    Cid index = asked(follower).get(0);

    follower.onBlock(index, mirror.block(index, 1 << 20).orElseThrow());
    List<Cid> first = asked(follower);
    List<Cid> newest = new ArrayList<>();
    for (int seq = SIZE - 1; seq >= SIZE - 8; seq--) newest.add(pages.get(seq).cid());
    assertThat(first).isEqualTo(newest);

    Cid other = pages.get(0).cid();
    follower.onBlock(other, mirror.block(other, 1 << 20).orElseThrow());
    assertThat(follower.drain()).isEmpty();
    assertThat(follower.entriesHeld()).isZero();
    follower.onBlock(first.get(3), mirror.block(first.get(3), 1 << 20).orElseThrow());
    assertThat(asked(follower)).containsExactly(pages.get(SIZE - 9).cid());
    assertThat(follower.entriesHeld()).isEqualTo(1);
  }

  @Test
  void takesABlockThatNoLayerHasForNothingAndGoesOn() {
    publish(SIZE);
    mirror.blocks.remove(pages.get(SIZE - 2).cid());

    FollowOutcome outcome = follow(1 << 20);

    assertThat(outcome.lacksBlocks()).isTrue();
    assertThat(outcome.missing().ranges()).containsExactly(new SeqRange(SIZE - 2, SIZE - 1));
    assertThat(outcome.stoppedAtBudget()).isFalse();
  }

  @Test
  void namesNoMoreThanThirtyTwoThings() {
    publish(SIZE);
    for (IndexChild page : pages) mirror.blocks.remove(page.cid());

    FollowOutcome outcome = follow(1 << 20);

    assertThat(outcome.findings()).hasSize(32);
    assertThat(outcome.missing().count()).isEqualTo(SIZE);
  }

  @Test
  void saysWhatWentWrongInAskingAndNotThatThereIsNoRecord() {
    Finding unreachable = new Finding(Finding.Kind.UNREACHABLE, "no route", "layer");
    Follower follower = new Follower(LOG, reader, TestLogs.VERIFIER);
    follower.start(9);
    follower.onRecords(List.of(), List.of(unreachable), NOW);
    FollowOutcome outcome = outcome(follower);

    assertThat(outcome.findings()).containsExactly(unreachable);
    assertThat(outcome.head()).isEmpty();
    assertThat(outcome.missing().isEmpty()).isTrue();
    assertThat(given().findings()).extracting(Finding::kind).containsOnly(Finding.Kind.NO_RECORD);
  }

  @Test
  void takesTheSameRecordOfTwoLayersForOne() {
    byte[] record = whole(9, NOW);

    FollowOutcome outcome = given(record, record);

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.rivals()).isEmpty();
    assertThat(outcome.recordBytes()).isEqualTo(2L * record.length);
    assertThat(TestHome.contents(LOG, reader)).hasSize(9);
  }

  @Test
  void takesTheLargerOfTwoRecordsInWhateverOrder() {
    assertThat(given(whole(9, NOW), whole(12, NOW)).head()).contains(head(12, NOW));
    assertThat(given(whole(14, NOW), whole(9, NOW)).head()).contains(head(14, NOW));
    assertThat(given(whole(9, NOW)).head()).contains(head(14, NOW));
    assertThat(TestHome.contents(LOG, reader)).hasSize(14);
  }

  /**
   * A day is what clocks may differ by; beyond that a record has to bring entries to come first.
   */
  @Test
  void takesARestatementFromTheFutureForNoFresherThanOneOfToday() {
    byte[] today = whole(9, NOW);
    for (long ahead : new long[] {DAY, DAY + 1}) {
      MemoryLogStore store = new MemoryLogStore();
      byte[] later = whole(9, NOW + ahead);
      Follower follower = new Follower(LOG, store, TestLogs.VERIFIER);
      follower.start(0);
      follower.onRecords(
          List.of(new Follower.Sourced("a", today), new Follower.Sourced("b", later)),
          List.of(),
          NOW);

      assertThat(outcome(follower).findings()).isEmpty();
      assertThat(store.log(LOG).orElseThrow().record()).contains(ahead == DAY ? later : today);
    }
    assertThat(given(today, whole(10, NOW + 2 * DAY)).head()).contains(head(10, NOW + 2 * DAY));
  }

  @Test
  void keepsFourRivalsAndNamesThemAll() {
    byte[][] records = new byte[6][];
    for (int i = 0; i < records.length; i++) {
      Slice slice = TestLogs.slice(0, TestLogs.anyEntries(new Random(80 + i), 0, 5, 40));
      List<Digest> ids = slice.ids(LOG, Digest.ZERO);
      Digest root = new NaiveMerkle(ids).root(5);
      Head head = Head.sign(new Head.Statement(LOG, 5, ids.get(4), root, NOW), SIGNER);
      records[i] =
          new RemoteHead(head, Optional.empty(), 0, Digest.ZERO, Optional.of(slice))
              .sign(SIGNER)
              .bytes();
    }

    FollowOutcome outcome = given(records);

    assertThat(outcome.findings()).hasSize(5);
    assertThat(outcome.findings()).extracting(Finding::kind).containsOnly(Finding.Kind.FORK);
    assertThat(outcome.rivals()).hasSize(4);
    assertThat(outcome.rivals()).allMatch(rival -> rival.remote().head().size() == 5);
    assertThat(TestHome.contents(LOG, reader)).hasSize(5);
  }

  @Test
  void tellsWhatIsWrongWithARecordByItself() {
    byte[] good = whole(9, NOW);
    byte[] bad = good.clone();
    bad[good.length - 1] ^= 1;

    assertThat(problem(LOG, good)).isEmpty();
    assertThat(problem(TestLogs.name(2), good)).contains(Finding.Kind.BAD_RECORD);
    assertThat(problem(LOG, bad)).contains(Finding.Kind.BAD_RECORD);
    Head.Statement says = head(9, NOW).statement();
    Head unsigned = Head.claimed(says, new byte[Head.SIGNATURE_BYTES]);
    byte[] record =
        new RemoteHead(unsigned, Optional.empty(), 0, Digest.ZERO, Optional.of(WHOLE.cut(0, 9)))
            .sign(SIGNER)
            .bytes();
    assertThat(problem(LOG, record)).contains(Finding.Kind.BAD_HEAD);
  }

  private static Optional<Finding.Kind> problem(IpnsName name, byte[] record) {
    return Follower.problem(name, new Follower.Sourced("layer", record), TestLogs.VERIFIER)
        .map(Finding::kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30})
  void keepsNoPayloadThatIsNotWanted(int gone) {
    byte[] record = publish(25);
    Unwanted unwanted = new Unwanted(SeqRanges.none().with(new SeqRange(gone, gone + 1)), 0);
    Follower follower = new Follower(LOG, reader, TestLogs.VERIFIER, unwanted);
    follower.start(1 << 20);
    follower.onRecords(List.of(new Follower.Sourced("layer", record)), List.of(), NOW);
    for (List<Cid> cids = asked(follower); !cids.isEmpty(); cids = asked(follower)) {
      cids.forEach(cid -> follower.onBlock(cid, mirror.block(cid, 1 << 20).orElseThrow()));
    }

    assertThat(TestHome.contents(LOG, reader))
        .filteredOn(line -> line.endsWith("gone"))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith(gone + " "));
    // A record cannot be kept without the payload that is in it.
    assertThat(reader.log(LOG).orElseThrow().record().isPresent()).isEqualTo(gone < 25);
  }

  @Test
  void remembersNoMoreDeletionsThanItsBound() {
    List<SeqRange> ranges = new ArrayList<>();
    for (int i = 0; i < Limits.DELETED_RANGES_MAX - 1; i++) {
      ranges.add(new SeqRange(2L * i, 2L * i + 1));
    }
    Unwanted almost = new Unwanted(SeqRanges.of(ranges), 7);
    SeqRanges one = SeqRanges.none().with(new SeqRange(1L << 30, (1L << 30) + 1));
    SeqRanges two = SeqRanges.none().with(new SeqRange(1L << 31, (1L << 31) + 1));

    assertThat(almost.with(one).deleted().ranges()).hasSize(Limits.DELETED_RANGES_MAX);
    assertThat(almost.with(one).nowMillis()).isEqualTo(7);
    assertThat(almost.with(one).with(two)).isEqualTo(almost.with(one));
    assertThat(almost.with(SeqRanges.none())).isSameAs(almost);
  }

  @ParameterizedTest
  @EnumSource(Finding.Kind.class)
  void refusesWhatIsWrongAndMissesWhatIsNotThere(Finding.Kind kind) {
    boolean absent =
        kind == Finding.Kind.MISSING_BLOCK
            || kind == Finding.Kind.NO_RECORD
            || kind == Finding.Kind.UNREACHABLE;
    assertThat(kind.isRefusal()).isEqualTo(!absent);
  }

  @Test
  void addsUpTwoRounds() {
    publish(SIZE);
    FollowOutcome first = follow(1);
    FollowOutcome second = follow(1 << 20);

    FollowOutcome both = second.after(first);

    assertThat(both.added().ranges()).containsExactly(new SeqRange(0, SIZE));
    assertThat(both.bytesRead()).isEqualTo(first.bytesRead() + second.bytesRead());
    assertThat(both.blocksRead()).isEqualTo(first.blocksRead() + second.blocksRead());
    assertThat(both.recordBytes()).isEqualTo(first.recordBytes() + second.recordBytes());
    assertThat(both.missing().isEmpty()).isTrue();
    assertThat(both.stoppedAtBudget()).isFalse();
    assertThat(both.lacksBlocks()).isFalse();
    assertThat(both.head()).contains(head(SIZE, NOW));
    assertThat(both.name()).isEqualTo(LOG);
    assertThat(both.findings()).isEqualTo(Collections.emptyList());
  }
}
