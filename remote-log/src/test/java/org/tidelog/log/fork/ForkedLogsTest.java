package org.tidelog.log.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.RemoteHead;

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
    ForkSearch search =
        new ForkSearch(
            ours.name(),
            store,
            store.log(ours.name()).get().head().get(),
            remote(otherMirror, theirs.name()),
            TestLogs.VERIFIER);
    int blocks = 0;
    while (search.wanted().isPresent()) {
      ForkSearch.Wanted wanted = search.wanted().get();
      search.onBlock(otherMirror.block(wanted.cid(), wanted.bytes()).get());
      assertThat(++blocks).isLessThan(20);
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
}
