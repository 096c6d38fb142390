package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.local.StoredRoots;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/** What was not taken is offered again, and what cannot be used ends nothing but its transfer. */
class SyncTransfersTest {
  private final TestDevice one = new TestDevice(1);
  private final TestDevice other = new TestDevice(2);
  private final TestDevice third = new TestDevice(3);
  private final IpnsName log = TestLogs.name(1);

  private static TestLink sync(TestDevice a, TestDevice b) {
    TestLink link = new TestLink(a, b).run();
    assertThat(link.closed()).isEmpty();
    assertThat(link.initiator.isSettled()).as("%s", link).isTrue();
    assertThat(link.responder.isSettled()).as("%s", link).isTrue();
    return link;
  }

  private static List<NewEntry> plain(int first, int count, int bytes) {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      EntryKind kind = i == 0 ? EntryKind.GENESIS : EntryKind.DATA;
      entries.add(NewEntry.plain(kind, TestLogs.NOW + i, new byte[bytes]));
    }
    return entries;
  }

  @Test
  void bringsInTheNextSessionWhatWasBeyondTheBudget() {
    one.append(1, plain(0, 1, 250_000));
    one.append(2, plain(0, 1, 250_000));
    other.limits = new SyncLimits(SyncLimits.WINDOW_BYTES_MIN, 400_000, true);

    sync(one, other);
    assertThat(other.store.logs()).hasSize(1);
    sync(one, other);

    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void bringsWhatIsWantedOnlyLater() {
    one.append(1, plain(0, 10, 200));
    other.wish = Wish.NOTHING;
    sync(one, other);
    sync(other, one);
    other.wish = Wish.ALL;

    sync(one, other);

    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void bringsWhatIsAdmittedOnlyLater() {
    one.append(1, plain(0, 10, 200));
    one.append(2, plain(0, 10, 200));
    other.admitted = name -> !name.equals(log);
    sync(one, other);
    sync(other, one);
    other.admitted = name -> true;

    sync(one, other);

    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void asksOnceForWhatNobodyCanProve() {
    one.append(1, plain(0, 90, 200));
    sync(one, other);
    one.append(1, plain(90, 10, 200));
    third.wish = Wish.newest(5);
    sync(one, third);

    TestLink link = sync(other, third);

    assertThat(link.slices()).isZero();
    assertThat(link.told)
        .contains(
            new SyncEffect.Missing(other.id(), log, SeqRanges.none().with(new SeqRange(90, 100))));
    sync(one, other);
    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void bringsLargeEntriesThroughTheSmallestWindow() {
    one.append(1, plain(0, 1, 256 * 1024));
    one.append(1, plain(1, 1, 100_000));
    other.limits = new SyncLimits(SyncLimits.WINDOW_BYTES_MIN, Long.MAX_VALUE, false);

    sync(one, other);

    assertThat(other.contents()).isEqualTo(one.contents());
  }

  @Test
  void heedsADeletionThatCameByAnotherWayMeanwhile() {
    one.append(1, plain(0, 10, 200));
    TestLink link = sync(one, other);
    other.deleted = SeqRanges.none().with(new SeqRange(11, 12));
    one.append(1, plain(10, 3, 200));
    link.initiator.onChanged(log, TestLogs.NOW);
    link.run();

    List<Entry> entries = new ArrayList<>();
    other.store.slices(log, 0, 13, 1 << 20).forEach(s -> entries.addAll(s.entries(log)));
    assertThat(entries.get(10).payload()).isPresent();
    assertThat(entries.get(11).payload()).isEmpty();
  }

  private static List<SyncEffect> settled(TestLink link) {
    List<SyncEffect> settled = new ArrayList<>(link.told);
    settled.removeIf(effect -> !(effect instanceof SyncEffect.Settled));
    return settled;
  }

  @Test
  void agreesOnlyWithWhoHoldsAllBelowItsHeads() {
    one.append(1, plain(0, 100, 200));
    third.wish = Wish.newest(5);
    sync(one, third);
    sync(one, other);

    assertThat(settled(sync(one, third)))
        .containsExactlyInAnyOrder(
            new SyncEffect.Settled(one.id(), true), new SyncEffect.Settled(one.id(), false));
    assertThat(settled(sync(one, other)))
        .containsOnly(new SyncEffect.Settled(one.id(), true))
        .hasSize(2);
  }

  @Test
  void keepsALogFromBeingWholeWhoseRootIsNotThatOfItsEntries() {
    poison(one);
    other.append(2, plain(0, 10, 200));
    other.wish = Wish.newest(14);
    sync(one, other);
    assertThat(other.held(log)).containsExactly(new SeqRange(0, 1), new SeqRange(16, 30));
    other.wish = Wish.ALL;

    sync(one, other);
    sync(other, third);

    assertThat(other.logs().held(log).map(LogSet.Held::whole)).contains(false);
    assertThat(third.store.logs()).containsExactly(TestLogs.name(2));
  }

  /** The author signs the right last id, and the root of other entries in the middle. */
  private void poison(TestDevice author) {
    author.append(1, plain(0, 30, 200));
    Slice slice = author.store.slices(log, 0, 30, 1 << 20).get(0).slice();
    List<Digest> ids = slice.ids(log, Digest.ZERO);
    StoredSlice middle = part(slice, ids, 8, 16, Optional.empty());
    SliceOutline right = middle.outline();
    List<Digest> roots = new ArrayList<>(right.roots());
    roots.replaceAll(root -> ids.get(0));
    SliceOutline wrong =
        new SliceOutline(8, 8, right.previous(), right.last(), roots, Optional.empty());
    StoredSlice bogus = new StoredSlice(wrong, middle.slice());
    LogStore headless = store(slice, ids, bogus, Optional.empty());
    Digest root = Frontier.of(30, new StoredRoots(log, headless).peaks(30)).root();
    Head.Statement statement = new Head.Statement(log, 30, ids.get(29), root, TestLogs.NOW);
    Head head = Head.sign(statement, TestLogs.signer(1));
    LogStore store = store(slice, ids, bogus, Optional.of(head));
    author.store = store;
    author.logs = LogSet.of(List.of(log), store);
  }

  private LogStore store(Slice slice, List<Digest> ids, StoredSlice middle, Optional<Head> head) {
    LogStore store = new MemoryLogStore();
    LogChange change = new LogChange(log).put(part(slice, ids, 0, 8, Optional.empty()));
    store.commit(List.of(change.put(middle).put(part(slice, ids, 16, 30, head))));
    return store;
  }

  private static StoredSlice part(
      Slice slice, List<Digest> ids, int from, int to, Optional<Head> head) {
    Digest previous = from == 0 ? Digest.ZERO : ids.get(from - 1);
    return StoredSlice.of(slice.cut(from, to), previous, ids.subList(from, to), head);
  }
}
