package org.tidelog.log.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.merkle.NaiveMerkle;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoredSlice;

class LocalLogTest {
  private static final long NOW = TestLogs.NOW;
  private static final long ALL = Long.MAX_VALUE;

  private final TestHome home = new TestHome(1);
  private final IpnsName name = home.name();

  private NaiveMerkle merkle() {
    List<Digest> ids = new ArrayList<>();
    for (StoredSlice stored : home.store.slices(name, 0, ALL, ALL)) {
      stored.entries(name).forEach(entry -> ids.add(entry.id()));
    }
    return new NaiveMerkle(ids);
  }

  @Test
  void signsTheLastIdAndRootOfWhatIsStored() {
    Random random = new Random(30);
    while (home.log.size() < 500) {
      home.appendAny(random, 1 + random.nextInt(40), 300, NOW + home.log.size());

      NaiveMerkle merkle = merkle();
      Head head = home.log.head().get();
      assertThat(head.verify(TestLogs.VERIFIER)).isTrue();
      assertThat(head.size()).isEqualTo(home.log.size());
      assertThat(head.last()).isEqualTo(merkle.leaves().get((int) head.size() - 1));
      assertThat(head.root()).isEqualTo(merkle.root((int) head.size()));
      assertThat(home.store.log(name).get().head()).contains(head);
    }
  }

  @Test
  void goesOnAfterBeingOpenedAgain() {
    TestHome neverClosed = new TestHome(1);
    Random random = new Random(31);
    for (int i = 0; i < 50; i++) {
      List<NewEntry> group =
          TestLogs.anyEntries(random, home.log.size(), 1 + random.nextInt(20), 100);
      home.reopen();
      home.append(group, NOW);
      neverClosed.append(group, NOW);
    }

    assertThat(home.log.head()).isEqualTo(neverClosed.log.head());
    assertThat(home.contents()).isEqualTo(neverClosed.contents());
  }

  @Test
  void changesNothingUntilAGroupIsCommitted() {
    home.appendAny(new Random(32), 5, 50, NOW);
    Optional<Head> before = home.log.head();

    LocalLog.Group group = home.log.prepare(TestLogs.anyEntries(new Random(33), 5, 3, 50), NOW);

    assertThat(home.log.head()).isEqualTo(before);
    assertThat(home.log.size()).isEqualTo(5);
    assertThat(group.first()).isEqualTo(5);
    assertThat(group.ids()).hasSize(3);
    assertThat(group.head().size()).isEqualTo(8);
    home.store.commit(List.of(group.change()));
    home.log.committed(group);
    assertThat(home.log.head()).contains(group.head());
    assertThatThrownBy(() -> home.log.committed(group))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void storesAGroupLargerThanASliceAsSeveral() {
    home.append(TestLogs.anyEntries(new Random(34), 0, 3_000, 100), NOW);
    List<NewEntry> large = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      large.add(NewEntry.plain(EntryKind.DATA, NOW, new byte[256 * 1024]));
    }
    home.append(large, NOW);

    List<SliceOutline> outlines = home.store.outlines(name, 0, ALL);
    assertThat(outlines).hasSize(3 + 5);
    assertThat(outlines)
        .extracting(o -> o.head().isPresent())
        .containsExactly(false, false, true, false, false, false, false, true);
    home.reopen();
    assertThat(home.log.size()).isEqualTo(3_005);
  }

  @Test
  void restatesItsHeadWithALaterTime() {
    home.appendAny(new Random(35), 20, 50, NOW);
    Head before = home.log.head().get();

    home.log.restate(home.store, NOW + 5_000);

    Head after = home.log.head().get();
    assertThat(after.agreesWith(before)).isTrue();
    assertThat(after.timeMillis()).isEqualTo(NOW + 5_000);
    assertThat(after.verify(TestLogs.VERIFIER)).isTrue();
    home.reopen();
    assertThat(home.log.head()).contains(after);
  }

  @Test
  void refusesGroupsThatAreNone() {
    assertThatThrownBy(() -> home.log.prepare(List.of(), NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> home.log.restate(home.store, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesADamagedStore() {
    for (Damage damage : Damage.values()) {
      TestHome damaged = new TestHome(1);
      Random random = new Random(36);
      for (int i = 0; i < 4; i++) damaged.appendAny(random, 5, 50, NOW);
      List<StoredSlice> slices = damaged.store.slices(name, 0, ALL, ALL);
      LogChange change = new LogChange(name);
      damage.to(change, slices);
      damaged.store.commit(List.of(change));

      assertThatThrownBy(damaged::reopen)
          .as(damage.name())
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.why()).isEqualTo(StoreException.Cause.DAMAGED));
    }
  }

  /** Ways in which a store may have other slices than those put. */
  private enum Damage {
    HEAD_GONE,
    FIRST_GONE,
    MIDDLE_GONE,
    OTHER_ROOTS,
    ROOT_MISSING,
    OTHER_PREVIOUS;

    void to(LogChange change, List<StoredSlice> slices) {
      StoredSlice second = slices.get(1);
      StoredSlice last = slices.get(3);
      List<Digest> roots = new ArrayList<>(second.outline().roots());
      List<Digest> others = new ArrayList<>(roots);
      others.set(0, Digest.ZERO);
      SliceOutline o = second.outline();
      switch (this) {
        case HEAD_GONE ->
            change.put(
                with(
                    last,
                    last.outline().previous(),
                    last.outline().last(),
                    last.outline().roots(),
                    Optional.empty()));
        case FIRST_GONE -> change.remove(0);
        case MIDDLE_GONE -> change.remove(5);
        case OTHER_ROOTS -> change.put(with(second, o.previous(), o.last(), others, o.head()));
        case ROOT_MISSING ->
            change.put(
                with(second, o.previous(), o.last(), roots.subList(1, roots.size()), o.head()));
        case OTHER_PREVIOUS -> change.put(with(second, Digest.ZERO, o.last(), roots, o.head()));
      }
    }

    private static StoredSlice with(
        StoredSlice stored, Digest previous, Digest last, List<Digest> roots, Optional<Head> head) {
      SliceOutline o = stored.outline();
      return new StoredSlice(
          new SliceOutline(o.first(), o.count(), previous, last, roots, head), stored.slice());
    }
  }

  @Test
  void provesAnyRangeOfWhatIsStored() {
    Random random = new Random(37);
    while (home.log.size() < 60) home.appendAny(random, 1 + random.nextInt(7), 20, NOW);
    NaiveMerkle merkle = merkle();
    StoredRoots roots = new StoredRoots(name, home.store);
    int size = (int) home.log.size();
    for (int from = 0; from <= size; from++) {
      assertThat(roots.peaks(from)).isEqualTo(merkle.peaks(from));
      for (int to = from; to <= size; to++) {
        assertThat(roots.roots(from, to)).isEqualTo(merkle.roots(from, to));
        if (to == 0) continue;
        RangeProof proof = RangeProof.prove(from, to, size, roots);
        assertThat(proof.rootWith(roots.roots(from, to))).isEqualTo(home.log.head().get().root());
      }
    }
    assertThatThrownBy(() -> roots.roots(size - 1, size + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void compactionKeepsEverythingAndLeavesFewSlices() {
    for (int payloadMax : new int[] {20, 3_000, 60_000}) {
      TestHome one = new TestHome(1);
      Random random = new Random(38);
      for (int i = 0; i < 600; i++) one.appendAny(random, 1 + random.nextInt(3), payloadMax, NOW);
      List<String> contents = one.contents();
      Optional<Head> head = one.log.head();
      long bytes = bytes(one);
      Compaction compaction = new Compaction(one.store);

      int steps = 0;
      while (compaction.step(name, 0) && ++steps < 1_000) {
        assertThat(one.store.log(name).get().head()).isEqualTo(head);
      }

      one.reopen();
      assertThat(one.contents()).isEqualTo(contents);
      assertThat(one.log.head()).isEqualTo(head);
      assertThat(bytes(one)).isLessThan(bytes);
      assertThat(one.store.outlines(name, 0, ALL).size()).isLessThan(20 + (int) (bytes / 200_000));
    }
  }

  private long bytes(TestHome of) {
    return of.store.slices(name, 0, ALL, ALL).stream().mapToLong(s -> s.slice().length()).sum();
  }

  @Test
  void compactionGoesOnBehindSlicesThatAreFull() {
    List<NewEntry> picture = List.of(NewEntry.plain(EntryKind.DATA, NOW, new byte[255_000]));
    home.appendAny(new Random(39), 1, 20, NOW);
    for (int i = 0; i < 12; i++) home.append(picture, NOW);
    Random random = new Random(40);
    for (int i = 0; i < 100; i++) home.appendAny(random, 1, 20, NOW);
    Compaction compaction = new Compaction(home.store);
    List<String> contents = home.contents();

    while (compaction.step(name, 0)) {
      continue;
    }

    assertThat(home.contents()).isEqualTo(contents);
    assertThat(home.store.outlines(name, 0, ALL)).hasSizeLessThan(22);
  }
}
