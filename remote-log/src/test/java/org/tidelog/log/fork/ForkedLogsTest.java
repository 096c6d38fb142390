package org.tidelog.log.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredSlice;

/** Two devices with one key, each with a mirror of its own, and a reader who meets both. */
class ForkedLogsTest {
  private static final long NOW = TestLogs.NOW;
  private static final long ALL = Long.MAX_VALUE / 2;

  private final TestMirror mirror = new TestMirror();
  private final TestMirror otherMirror = new TestMirror();

  private static void append(TestHome home, List<NewEntry> entries) {
    home.append(entries, NOW);
  }

  /** Homes whose first entries are the same, and whose further ones are not. */
  private record Forked(TestHome one, TestHome other, int common) {
    static Forked of(Random random, int common, int size, int otherSize) {
      List<NewEntry> shared = TestLogs.anyEntries(random, 0, common, 200);
      TestHome one = new TestHome(1);
      TestHome other = new TestHome(1);
      append(one, shared);
      append(other, shared);
      append(one, TestLogs.anyEntries(random, common, size - common, 200));
      append(other, TestLogs.anyEntries(random, common, otherSize - common, 200));
      return new Forked(one, other, common);
    }
  }

  private static RemoteHead remote(TestMirror mirror, IpnsName name) throws Exception {
    return RemoteHead.parse(name, IpnsRecord.parse(mirror.record(name).get()));
  }

  private ForkSearch.Result search(MemoryLogStore store, TestHome ours, TestHome theirs)
      throws Exception {
    return search(store, store.log(ours.name()).get().head().get(), theirs, 20);
  }

  private ForkSearch.Result search(MemoryLogStore store, Head ours, TestHome theirs, int blocksMax)
      throws Exception {
    ForkSearch search =
        new ForkSearch(
            theirs.name(), store, ours, remote(otherMirror, theirs.name()), TestLogs.VERIFIER);
    int blocks = 0;
    while (search.wanted().isPresent()) {
      ForkSearch.Wanted wanted = search.wanted().get();
      search.onBlock(otherMirror.block(wanted.cid(), wanted.bytes()).get());
      assertThat(++blocks).isLessThanOrEqualTo(blocksMax);
    }
    return search.result().get();
  }

  @Test
  void findsThePointOfEveryForkAndProvesIt() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      int common = 1 + random.nextInt(random.nextBoolean() ? 30 : 2_500);
      int size = common + 1 + random.nextInt(random.nextBoolean() ? 5 : 2_000);
      int otherSize = common + 1 + random.nextInt(random.nextBoolean() ? 5 : 2_000);
      ForkedLogsTest one = new ForkedLogsTest();
      Forked forked = Forked.of(random, common, size, otherSize);
      one.mirror.published(forked.one.publisher, false, NOW);
      one.otherMirror.published(forked.other.publisher, false, NOW);
      MemoryLogStore reader = new MemoryLogStore();
      one.mirror.follow(forked.one.name(), reader, ALL, NOW);

      ForkSearch.Result result = one.search(reader, forked.one, forked.other);

      assertThat(result).isInstanceOf(ForkSearch.Result.Forked.class);
      ForkProof proof = ((ForkSearch.Result.Forked) result).proof().get();
      assertThat(proof).isInstanceOf(ForkPoint.class);
      assertThat(proof.point()).hasValue(common);
      assertThat(ForkProof.verified(proof.encode(), TestLogs.VERIFIER).heads())
          .containsExactlyInAnyOrder(forked.one.log.head().get(), forked.other.log.head().get());
    }
  }

  @Test
  void findsNoForkWhereOneContinuesTheOther() throws Exception {
    Random random = new Random(8);
    for (int round = 0; round < 30; round++) {
      int size = 1 + random.nextInt(1_500);
      ForkedLogsTest one = new ForkedLogsTest();
      TestHome home = new TestHome(1);
      append(home, TestLogs.anyEntries(random, 0, size, 200));
      one.mirror.published(home.publisher, false, NOW);
      MemoryLogStore reader = new MemoryLogStore();
      one.mirror.follow(home.name(), reader, ALL, NOW);
      boolean ahead = random.nextBoolean();
      if (ahead) append(home, TestLogs.anyEntries(random, size, 1 + random.nextInt(900), 200));
      one.otherMirror.published(home.publisher, true, NOW);

      assertThat(one.search(reader, home, home)).isEqualTo(new ForkSearch.Result.Agrees());
    }
  }

  @Test
  void keepsBothBranchesAndGoesOnWithEach() throws Exception {
    Random random = new Random(9);
    for (int round = 0; round < 25; round++) {
      int common = 1 + random.nextInt(600);
      ForkedLogsTest one = new ForkedLogsTest();
      Forked forked =
          Forked.of(
              random, common, common + 1 + random.nextInt(700), common + 1 + random.nextInt(9));
      one.mirror.published(forked.one.publisher, false, NOW);
      one.otherMirror.published(forked.other.publisher, false, NOW);
      IpnsName name = forked.one.name();
      MemoryLogStore reader = new MemoryLogStore();
      BranchStore branch = new BranchStore(reader, name, common);
      one.mirror.follow(name, reader, ALL, NOW);
      FollowOutcome met = one.otherMirror.follow(name, reader, ALL, NOW);
      assertThat(met.findings()).extracting(Finding::kind).containsOnly(Finding.Kind.FORK);
      assertThat(met.rivals()).hasSize(1);
      assertThat(TestHome.contents(name, reader)).isEqualTo(forked.one.contents());

      for (int step = 0; step < 3; step++) {
        assertThat(one.otherMirror.follow(name, branch, ALL, NOW).findings()).isEmpty();
        assertThat(one.mirror.follow(name, reader, ALL, NOW).findings()).isEmpty();
        assertThat(TestHome.contents(name, branch)).isEqualTo(forked.other.contents());
        assertThat(TestHome.contents(name, reader)).isEqualTo(forked.one.contents());
        append(forked.one, TestLogs.anyEntries(random, forked.one.log.size(), 40, 200));
        append(forked.other, TestLogs.anyEntries(random, forked.other.log.size(), 500, 200));
        one.mirror.published(forked.one.publisher, false, NOW);
        one.otherMirror.published(forked.other.publisher, false, NOW);
      }
      long below =
          reader.outlines(BranchStore.key(name), 0, ALL).stream()
              .filter(outline -> outline.first() < common)
              .count();
      assertThat(below).isZero();
    }
  }

  @Test
  void neverTakesTheTailOfARecordWhoseEntriesBeforeAreOthers() {
    Forked forked = Forked.of(new Random(10), 30, 60, 5_000);
    mirror.published(forked.one.publisher, false, NOW);
    otherMirror.published(forked.other.publisher, false, NOW);
    MemoryLogStore reader = new MemoryLogStore();
    mirror.follow(forked.one.name(), reader, ALL, NOW);

    FollowOutcome outcome = otherMirror.follow(forked.one.name(), reader, ALL, NOW);

    assertThat(TestHome.contents(forked.one.name(), reader)).isEqualTo(forked.one.contents());
    assertThat(outcome.head()).isEqualTo(forked.one.log.head());
    assertThat(outcome.blocksRead()).isLessThan(8);
    assertThat(outcome.rivals().get(0).proof().get().point()).hasValue(30);
  }

  @Test
  void provesThatTheHeadsContradictWhereTheEntriesAreGone() throws Exception {
    Forked forked = Forked.of(new Random(11), 2_000, 2_500, 2_500);
    mirror.published(forked.one.publisher, false, NOW);
    otherMirror.published(forked.other.publisher, false, NOW);
    MemoryLogStore reader = new MemoryLogStore();
    mirror.follow(forked.one.name(), reader, ALL, NOW);
    new ArrayList<>(otherMirror.blocks.cids()).forEach(otherMirror.blocks::remove);

    FollowOutcome outcome = otherMirror.follow(forked.one.name(), reader, ALL, NOW);

    assertThat(outcome.findings()).extracting(Finding::kind).contains(Finding.Kind.FORK);
    ForkSearch search =
        new ForkSearch(
            forked.one.name(),
            reader,
            forked.one.log.head().get(),
            outcome.rivals().get(0).remote(),
            TestLogs.VERIFIER);
    search.onUnavailable();
    ForkSearch.Result result = search.result().get();
    ForkProof proof = ((ForkSearch.Result.Forked) result).proof().get();
    assertThat(proof).isInstanceOf(ForkedHeads.class);
    assertThat(ForkProof.verified(proof.encode(), TestLogs.VERIFIER).point()).isEmpty();
    assertThat(TestHome.contents(forked.one.name(), reader)).isEqualTo(forked.one.contents());
  }

  private static final int PIECE_PAYLOAD_BYTES = 50_000;

  private static List<NewEntry> large(int count, int content) {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[PIECE_PAYLOAD_BYTES];
      payload[0] = (byte) content;
      entries.add(new NewEntry(EntryKind.DATA, NOW, 0, 0, List.of(), payload));
    }
    return entries;
  }

  /** The second half of every slice of a log, and its record. */
  private static MemoryLogStore pieces(IpnsName name, MemoryLogStore whole) {
    LogChange change = new LogChange(name);
    for (StoredSlice stored : whole.slices(name, 0, ALL, Long.MAX_VALUE)) {
      SeqRange range = stored.outline().range();
      long middle = (range.from() + range.to()) / 2;
      if (middle == range.from()) continue;
      List<Digest> ids = stored.ids(name);
      int skip = (int) (middle - range.from());
      change.put(
          StoredSlice.of(
              stored.slice().cut(middle, range.to()),
              ids.get(skip - 1),
              ids.subList(skip, ids.size()),
              Optional.empty()));
    }
    change.record(whole.log(name).get().record().get());
    MemoryLogStore pieces = new MemoryLogStore();
    pieces.commit(List.of(change));
    return pieces;
  }

  @Test
  void readsFewBlocksOfALogThatIsHereInPieces() throws Exception {
    TestHome home = new TestHome(1);
    append(home, TestLogs.anyEntries(new Random(12), 0, 1, 100));
    append(home, large(400, 0));
    mirror.published(home.publisher, false, NOW);
    MemoryLogStore whole = new MemoryLogStore();
    mirror.follow(home.name(), whole, ALL, NOW);
    MemoryLogStore pieces = pieces(home.name(), whole);
    Head ours = home.log.head().get();
    append(home, large(30, 0));
    otherMirror.published(home.publisher, false, NOW);
    assertThat(otherMirror.blocks.cids()).hasSizeGreaterThan(30);

    ForkSearch.Result result = search(pieces, ours, home, 4);

    assertThat(result).isEqualTo(new ForkSearch.Result.Agrees());
  }

  @Test
  void readsFewBlocksOfABranchOfALogThatIsHereInPieces() throws Exception {
    TestHome one = new TestHome(1);
    TestHome other = new TestHome(1);
    List<NewEntry> shared = TestLogs.anyEntries(new Random(13), 0, 1, 100);
    append(one, shared);
    append(other, shared);
    append(one, large(300, 0));
    append(other, large(400, 1));
    mirror.published(one.publisher, false, NOW);
    otherMirror.published(other.publisher, false, NOW);
    MemoryLogStore whole = new MemoryLogStore();
    mirror.follow(one.name(), whole, ALL, NOW);
    MemoryLogStore pieces = pieces(one.name(), whole);

    ForkSearch.Result result = search(pieces, one.log.head().get(), other, 4);

    ForkProof proof = ((ForkSearch.Result.Forked) result).proof().get();
    assertThat(proof).isInstanceOf(ForkedHeads.class);
    FollowOutcome outcome = otherMirror.follow(one.name(), pieces, 1, NOW);
    assertThat(outcome.blocksRead()).isLessThanOrEqualTo(2);
    assertThat(outcome.stoppedAtBudget()).isTrue();
    assertThat(outcome.head()).isEqualTo(one.log.head());
  }

  @Test
  void noticesABranchThatEndsInAGapOfWhatIsHere() {
    TestHome one = new TestHome(1);
    TestHome other = new TestHome(1);
    List<NewEntry> shared = TestLogs.anyEntries(new Random(14), 0, 1, 100);
    append(one, shared);
    append(other, shared);
    append(one, large(100, 0));
    append(other, large(56, 1));
    mirror.published(one.publisher, false, NOW);
    otherMirror.published(other.publisher, false, NOW);
    MemoryLogStore whole = new MemoryLogStore();
    mirror.follow(one.name(), whole, ALL, NOW);
    MemoryLogStore pieces = withGap(one.name(), whole, 30, 80);

    FollowOutcome outcome = otherMirror.follow(one.name(), pieces, ALL, NOW);

    assertThat(outcome.rivals()).hasSize(1);
    assertThat(outcome.findings()).extracting(Finding::kind).contains(Finding.Kind.FORK);
    assertThat(outcome.head()).isEqualTo(one.log.head());
    assertThat(mirror.follow(one.name(), pieces, ALL, NOW).rivals()).isEmpty();
    assertThat(TestHome.contents(one.name(), pieces)).isEqualTo(one.contents());
  }

  /** A log without what lies in {@code [from, to)}. */
  private static MemoryLogStore withGap(IpnsName name, MemoryLogStore whole, long from, long to) {
    LogChange change = new LogChange(name);
    for (StoredSlice stored : whole.slices(name, 0, ALL, Long.MAX_VALUE)) {
      List<Digest> ids = stored.ids(name);
      SeqRange range = stored.outline().range();
      if (range.from() < from) {
        long end = Math.min(range.to(), from);
        List<Digest> kept = ids.subList(0, (int) (end - range.from()));
        change.put(
            StoredSlice.of(
                stored.slice().cut(range.from(), end),
                stored.outline().previous(),
                kept,
                Optional.empty()));
      }
      if (range.to() > to) {
        long begin = Math.max(range.from(), to);
        int skip = (int) (begin - range.from());
        change.put(
            StoredSlice.of(
                stored.slice().cut(begin, range.to()),
                skip == 0 ? stored.outline().previous() : ids.get(skip - 1),
                ids.subList(skip, ids.size()),
                stored.outline().head()));
      }
    }
    change.record(whole.log(name).get().record().get());
    MemoryLogStore pieces = new MemoryLogStore();
    pieces.commit(List.of(change));
    return pieces;
  }
}
