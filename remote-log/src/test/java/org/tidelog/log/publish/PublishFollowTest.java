package org.tidelog.log.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.RemoteHead;

/** A log published in increments, and followed. */
class PublishFollowTest {
  private static final long NOW = TestLogs.NOW;
  private static final long ALL = Long.MAX_VALUE / 2;
  private static final int[] SIZES = {1, 2, 7, 60, 500, 1_500, 5_000};
  private static final int[] PAYLOADS_MAX = {0, 60, 3_000, 100_000};

  @Test
  void aNewFollowerGetsWhatWasPublished() {
    for (int seed = 0; seed < SIZES.length * PAYLOADS_MAX.length; seed++) {
      Random random = new Random(seed);
      int size = SIZES[seed % SIZES.length];
      int payloadMax = PAYLOADS_MAX[seed / SIZES.length];
      if ((long) size * payloadMax > 60_000_000) continue;
      TestMirror mirror = new TestMirror();
      TestHome home = new TestHome(seed);
      inIncrements(home, mirror, random, size, payloadMax);
      MemoryLogStore reader = new MemoryLogStore();

      FollowOutcome outcome = mirror.follow(home.name(), reader, ALL, NOW);

      assertThat(outcome.findings()).isEmpty();
      assertThat(outcome.missing().isEmpty()).isTrue();
      assertThat(outcome.head()).isEqualTo(home.log.head());
      assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
      namesEveryBlock(mirror, home);
    }
  }

  private static void inIncrements(
      TestHome home, TestMirror mirror, Random random, int size, int payloadMax) {
    while (home.log.size() < size) {
      int step = 1 + random.nextInt(random.nextBoolean() ? 10 : 1_000);
      home.appendAny(random, (int) Math.min(step, size - home.log.size()), payloadMax, NOW);
      if (random.nextInt(4) == 0) home.reopen();
      mirror.published(home.publisher, false, NOW);
    }
  }

  /** Nothing is left in the mirror that the record does not lead to, and nothing is missing. */
  private static void namesEveryBlock(TestMirror mirror, TestHome home) {
    Set<Cid> named = named(mirror, home);
    assertThat(new HashSet<>(mirror.blocks.cids())).isEqualTo(named);
  }

  private static Set<Cid> named(TestMirror mirror, TestHome home) {
    try {
      IpnsRecord record = IpnsRecord.parse(mirror.record(home.name()).get());
      RemoteHead remote = RemoteHead.parse(home.name(), record);
      Set<Cid> named = new HashSet<>();
      if (!remote.index().isPresent()) return named;
      Cid root = remote.index().get();
      named.add(root);
      IndexRoot index = IndexRoot.parse(mirror.block(root, 1 << 20).get());
      assertThat(index.children().size()).isLessThan(64 + 12);
      for (IndexChild child : index.children()) collect(mirror, child, named);
      return named;
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static void collect(TestMirror mirror, IndexChild child, Set<Cid> named)
      throws MalformedException {
    named.add(child.cid());
    if (child.level() == 0) return;
    byte[] block = mirror.block(child.cid(), child.bytes()).get();
    for (IndexChild below : IndexNode.parse(block, child).children()) {
      collect(mirror, below, named);
    }
  }

  @Test
  void twoSchedulesGiveTheSameBlocksAndRecord() {
    for (int seed = 0; seed < 12; seed++) {
      TestHome first = new TestHome(1);
      TestHome second = new TestHome(1);
      TestMirror firstMirror = new TestMirror();
      TestMirror secondMirror = new TestMirror();
      Random random = new Random(seed);
      Random same = new Random(seed + 1_000);
      Random again = new Random(seed + 1_000);
      for (int step = 0; step < 60; step++) {
        int count = 1 + random.nextInt(random.nextBoolean() ? 5 : 200);
        int payloadMax = random.nextInt(8) == 0 ? 100_000 : 500;
        first.appendAny(same, count, payloadMax, NOW);
        second.append(TestLogs.anyEntries(again, second.log.size(), count, payloadMax), NOW);
        if (random.nextBoolean()) firstMirror.published(first.publisher, false, NOW);
        if (random.nextInt(10) == 0) secondMirror.published(second.publisher, false, NOW);
      }
      firstMirror.published(first.publisher, false, NOW);
      secondMirror.published(second.publisher, false, NOW);

      assertThat(firstMirror.record(first.name()).get())
          .isEqualTo(secondMirror.record(second.name()).get());
      assertThat(firstMirror.blocks.cids()).isEqualTo(secondMirror.blocks.cids());
    }
  }

  @Test
  void oneHomeThatStoresOtherSlicesGivesTheSameBlocks() {
    TestHome oneByOne = new TestHome(1);
    TestHome atOnce = new TestHome(1);
    List<NewEntry> entries = TestLogs.anyEntries(new Random(3), 0, 3_000, 2_000);
    entries.forEach(entry -> oneByOne.append(List.of(entry), NOW));
    atOnce.append(entries, NOW);
    TestMirror first = new TestMirror();
    TestMirror second = new TestMirror();

    first.published(oneByOne.publisher, false, NOW);
    second.published(atOnce.publisher, false, NOW);

    assertThat(first.blocks.cids()).isEqualTo(second.blocks.cids());
    assertThat(first.record(atOnce.name()).get()).isEqualTo(second.record(atOnce.name()).get());
  }

  @Test
  void aSecondPublicationWritesNothing() {
    for (int size : new int[] {3, 300, 20_000}) {
      TestHome home = new TestHome(1);
      TestMirror mirror = new TestMirror();
      home.appendAny(new Random(size), size, 300, NOW);
      mirror.published(home.publisher, false, NOW);
      home.reopen();

      PublishOutcome again = mirror.published(home.publisher, false, NOW);

      assertThat(again.blocksWritten()).isZero();
      assertThat(again.blockBytes()).isZero();
      assertThat(again.recordBytes()).isZero();
      assertThat(again.size()).isEqualTo(size);
    }
  }

  @Test
  void aHeadOfYesterdayIsRestated() {
    TestHome home = new TestHome(1);
    TestMirror mirror = new TestMirror();
    home.appendAny(new Random(1), 50, 300, NOW);
    mirror.published(home.publisher, false, NOW);
    long later = NOW + 25L * 60 * 60 * 1_000;

    PublishOutcome again = mirror.published(home.publisher, false, later);

    assertThat(again.blocksWritten()).isZero();
    assertThat(again.recordBytes()).isPositive();
    assertThat(home.log.head().get().timeMillis()).isEqualTo(later);
  }

  @Test
  void anIncrementalFollowerReadsLittleMoreThanIsNew() {
    TestHome home = new TestHome(1);
    TestMirror mirror = new TestMirror();
    MemoryLogStore reader = new MemoryLogStore();
    Random random = new Random(4);
    long blocksRead = 0;
    for (int step = 0; step < 100; step++) {
      home.appendAny(random, 1 + random.nextInt(3), 200, NOW);
      mirror.published(home.publisher, false, NOW);
      FollowOutcome outcome = mirror.follow(home.name(), reader, ALL, NOW);
      assertThat(outcome.findings()).isEmpty();
      blocksRead += outcome.blocksRead();
      assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
    }
    assertThat(blocksRead).isLessThan(40);
  }

  @Test
  void followsOnWhereABudgetStoppedIt() {
    TestHome home = new TestHome(1);
    TestMirror mirror = new TestMirror();
    home.appendAny(new Random(5), 5_000, 2_000, NOW);
    mirror.published(home.publisher, false, NOW);
    for (long budget : new long[] {600_000, 1_000_000, 1_500_000, 3_000_000}) {
      MemoryLogStore reader = new MemoryLogStore();
      int rounds = 0;
      FollowOutcome outcome;
      do {
        outcome = mirror.follow(home.name(), reader, budget, NOW);
        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.bytesRead()).isLessThanOrEqualTo(budget);
        assertThat(outcome.missing().isEmpty()).isNotEqualTo(outcome.stoppedAtBudget());
      } while (!outcome.missing().isEmpty() && ++rounds < 100);
      assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
    }
  }

  @Test
  void readsTheNewestFirst() {
    TestHome home = new TestHome(1);
    TestMirror mirror = new TestMirror();
    home.appendAny(new Random(6), 5_000, 1_000, NOW);
    mirror.published(home.publisher, false, NOW);
    MemoryLogStore reader = new MemoryLogStore();

    FollowOutcome outcome = mirror.follow(home.name(), reader, 1, NOW);

    assertThat(outcome.stoppedAtBudget()).isTrue();
    assertThat(outcome.blocksRead()).isZero();
    assertThat(outcome.added().end()).isEqualTo(5_000);
    assertThat(outcome.missing().ranges())
        .containsExactly(new SeqRange(0, outcome.added().ranges().get(0).from()));
  }

  @Test
  void droppedPayloadsLeaveTheMirror() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      TestHome home = new TestHome(1);
      TestMirror mirror = new TestMirror();
      home.appendAny(random, 4_000, 1_000, NOW);
      mirror.published(home.publisher, false, NOW);
      int from = random.nextInt(3_900);

      home.drop(new SeqRange(from, from + 1 + random.nextInt(100)));
      PublishOutcome outcome = mirror.published(home.publisher, false, NOW);

      MemoryLogStore reader = new MemoryLogStore();
      assertThat(mirror.follow(home.name(), reader, ALL, NOW).findings()).isEmpty();
      assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
      assertThat(outcome.blocksWritten()).isLessThan(10);
      namesEveryBlock(mirror, home);
    }
  }

  @Test
  void aPublicationThatFailedAnywhereIsTakenUpAgain() {
    for (int writes = 0; writes < 40; writes++) {
      TestHome home = new TestHome(1);
      TestMirror mirror = new TestMirror();
      Random random = new Random(7);
      home.appendAny(random, 2_000, 1_000, NOW);
      mirror.published(home.publisher, false, NOW);
      Set<Cid> before = named(mirror, home);
      home.appendAny(random, 2_000, 1_000, NOW);

      boolean failed = mirror.publish(home.publisher, false, NOW, writes) == null;
      if (failed) assertThat(mirror.blocks.cids()).containsAll(before);
      if (random.nextBoolean()) home.reopen();
      mirror.published(home.publisher, false, NOW);

      MemoryLogStore reader = new MemoryLogStore();
      assertThat(mirror.follow(home.name(), reader, ALL, NOW).findings()).isEmpty();
      assertThat(TestHome.contents(home.name(), reader)).isEqualTo(home.contents());
    }
  }

  @Test
  void writesLittleMoreThanTheEntries() {
    TestHome home = new TestHome(1);
    TestMirror mirror = new TestMirror();
    Random random = new Random(9);
    long pages = 0;
    long records = 0;
    long publications = 0;
    while (home.log.size() < 6_000) {
      home.append(TestLogs.anyEntries(random, home.log.size(), 10, 120), NOW);
      PublishOutcome outcome = mirror.published(home.publisher, false, NOW);
      pages += outcome.blockBytes();
      records += outcome.recordBytes();
      publications++;
    }
    long entries =
        home.store.slices(home.name(), 0, Long.MAX_VALUE, ALL).stream()
            .mapToLong(stored -> stored.slice().length())
            .sum();
    System.out.printf(
        "6,000 entries in %,d publications: %,d bytes; blocks %.1f, records %.1f times that%n",
        publications, entries, (double) pages / entries, (double) records / entries);
    assertThat((double) (pages + records) / entries).isLessThan(25);
  }
}
