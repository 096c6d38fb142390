package org.tidelog.log.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.Compaction;

/** What every {@link LogStore} does. An adapter's test extends this. */
public abstract class LogStoreContract {
  protected final SampleLog log = new SampleLog(1);
  protected final SampleLog other = new SampleLog(2);
  protected LogStore store;

  /** A new store with nothing in it. */
  protected abstract LogStore create() throws Exception;

  /**
   * The store as it is after the process ended and began again. One that keeps nothing answers
   * itself.
   */
  protected abstract LogStore reopen(LogStore before) throws Exception;

  @BeforeEach
  final void createStore() throws Exception {
    store = create();
  }

  private LogChange change() {
    return new LogChange(log.name());
  }

  private StoredSlice put(int entries) {
    StoredSlice slice = log.append(entries, 20);
    store.commit(List.of(change().put(slice)));
    return slice;
  }

  private List<StoredSlice> all() {
    return store.slices(log.name(), 0, Limits.SEQ_MAX, Long.MAX_VALUE);
  }

  private static void same(List<StoredSlice> found, List<StoredSlice> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).outline()).isEqualTo(expected.get(i).outline());
      assertThat(found.get(i).slice().bytes()).isEqualTo(expected.get(i).slice().bytes());
    }
  }

  private static SeqRanges ranges(long... bounds) {
    List<SeqRange> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new SeqRange(bounds[i], bounds[i + 1]));
    }
    return SeqRanges.of(ranges);
  }

  @Test
  void beginsEmpty() {
    assertThat(store.logs()).isEmpty();
    assertThat(store.log(log.name())).isEmpty();
    assertThat(all()).isEmpty();
    assertThat(store.outlines(log.name(), 0, Limits.SEQ_MAX)).isEmpty();
    assertThat(store.published(log.name(), 0, 0)).isEmpty();
  }

  @Test
  void givesBackWhatWasPut() {
    List<StoredSlice> put = List.of(put(1), put(1), put(7), put(1000), put(2));

    same(all(), put);
    StoredLog stored = store.log(log.name()).orElseThrow();
    assertThat(stored.held()).isEqualTo(ranges(0, 1011));
    assertThat(stored.head()).isEqualTo(put.get(4).outline().head());
    assertThat(stored.record()).isEmpty();
  }

  @Test
  void keepsASliceOfTheGreatestSize() {
    put(1);
    StoredSlice largest = log.append(2, Limits.SLICE_WEIGHT_MAX / 2 - 20);

    store.commit(List.of(change().put(largest)));

    same(store.slices(log.name(), 1, 2, Long.MAX_VALUE), List.of(largest));
  }

  @Test
  void keepsSlicesWithoutAHead() {
    StoredSlice slice = log.appendWithoutHead(5, 10);

    store.commit(List.of(change().put(slice)));

    same(all(), List.of(slice));
    assertThat(store.log(log.name()).orElseThrow().head()).isEmpty();
  }

  @Test
  void takesItsHeadFromTheLastSliceOnly() {
    StoredSlice first = log.append(3, 10);
    StoredSlice later = log.appendWithoutHead(3, 10);

    store.commit(List.of(change().put(first).put(later)));

    assertThat(store.log(log.name()).orElseThrow().head()).isEmpty();
  }

  @Test
  void namesTheGapsBetweenSlicesThatCameInAnyOrder() {
    List<StoredSlice> slices = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      slices.add(log.append(10, 10));
    }
    store.commit(List.of(change().put(slices.get(4))));
    store.commit(List.of(change().put(slices.get(1)).put(slices.get(2))));

    StoredLog stored = store.log(log.name()).orElseThrow();

    assertThat(stored.held()).isEqualTo(ranges(10, 30, 40, 50));
    assertThat(stored.head()).isEqualTo(slices.get(4).outline().head());
    same(all(), List.of(slices.get(1), slices.get(2), slices.get(4)));
  }

  @Test
  void findsTheSlicesThatOverlapARange() {
    StoredSlice a = put(1);
    StoredSlice b = put(9);
    StoredSlice c = put(10);
    IpnsName name = log.name();

    same(store.slices(name, 0, 1, Long.MAX_VALUE), List.of(a));
    same(store.slices(name, 1, 2, Long.MAX_VALUE), List.of(b));
    same(store.slices(name, 9, 10, Long.MAX_VALUE), List.of(b));
    same(store.slices(name, 9, 11, Long.MAX_VALUE), List.of(b, c));
    same(store.slices(name, 5, 5, Long.MAX_VALUE), List.of());
    same(store.slices(name, 20, 100, Long.MAX_VALUE), List.of());
    assertThat(store.outlines(name, 9, 11)).isEqualTo(List.of(b.outline(), c.outline()));
    assertThat(store.outlines(name, 20, Limits.SEQ_MAX)).isEmpty();
  }

  @Test
  void leavesOutASliceThatEndsBeforeTheRangeInAGap() {
    StoredSlice early = log.append(5, 10);
    log.append(10, 10);
    StoredSlice late = log.append(5, 10);
    store.commit(List.of(change().put(early).put(late)));

    same(store.slices(log.name(), 7, 12, Long.MAX_VALUE), List.of());
    same(store.slices(log.name(), 7, 16, Long.MAX_VALUE), List.of(late));
  }

  @Test
  void stopsAfterTheSliceThatReachesTheBound() {
    StoredSlice a = put(10);
    StoredSlice b = put(10);
    put(10);
    long two = a.slice().length() + b.slice().length();

    same(store.slices(log.name(), 0, 30, 0), List.of(a));
    same(store.slices(log.name(), 0, 30, 1), List.of(a));
    same(store.slices(log.name(), 0, 30, a.slice().length()), List.of(a));
    same(store.slices(log.name(), 0, 30, a.slice().length() + 1), List.of(a, b));
    same(store.slices(log.name(), 0, 30, two), List.of(a, b));
    assertThat(store.slices(log.name(), 0, 30, two + 1)).hasSize(3);
  }

  @Test
  void replacesASliceWithTheSameFirstPosition() {
    put(2);
    StoredSlice before = put(3);
    Head restated = log.head(1_800_000_000_000L);
    StoredSlice after = SampleLog.withHead(before, restated);

    store.commit(List.of(change().put(after)));

    assertThat(store.log(log.name()).orElseThrow().head()).contains(restated);
    same(store.slices(log.name(), 2, 5, Long.MAX_VALUE), List.of(after));
  }

  @Test
  void removesBeforeItPuts() {
    StoredSlice a = put(2);
    StoredSlice b = put(3);

    store.commit(List.of(change().put(a).remove(0).remove(2).remove(77)));

    same(all(), List.of(a));
    assertThat(store.log(log.name()).orElseThrow().held()).isEqualTo(ranges(0, 2));
    assertThat(b.outline().first()).isEqualTo(2);
  }

  @Test
  void joinsSmallSlicesWithoutChangingTheLog() {
    for (int i = 0; i < 20; i++) {
      put(1);
    }
    Optional<Head> head = store.log(log.name()).orElseThrow().head();

    assertThat(new Compaction(store).step(log.name(), 0)).isTrue();

    assertThat(all()).hasSize(1);
    assertThat(store.log(log.name()).orElseThrow().held()).isEqualTo(ranges(0, 20));
    assertThat(store.log(log.name()).orElseThrow().head()).isEqualTo(head);
  }

  @Test
  void keepsLogsApart() {
    StoredSlice mine = log.append(4, 10);
    StoredSlice theirs = other.append(6, 10);

    store.commit(List.of(change().put(mine), new LogChange(other.name()).put(theirs)));

    same(all(), List.of(mine));
    same(store.slices(other.name(), 0, Limits.SEQ_MAX, Long.MAX_VALUE), List.of(theirs));
    List<IpnsName> names = new ArrayList<>(List.of(log.name(), other.name()));
    names.sort(null);
    assertThat(store.logs()).isEqualTo(names);
    store.commit(List.of(change().remove(0)));
    same(store.slices(other.name(), 0, Limits.SEQ_MAX, Long.MAX_VALUE), List.of(theirs));
  }

  @Test
  void keepsTheLastRecord() {
    store.commit(List.of(change().record(new byte[] {1, 2})));
    store.commit(List.of(change().record(new byte[] {3})));
    put(1);

    StoredLog stored = store.log(log.name()).orElseThrow();

    assertThat(stored.record()).hasValueSatisfying(r -> assertThat(r).containsExactly(3));
    assertThat(store.logs()).containsExactly(log.name());
  }

  @Test
  void keepsARecordOfALogWithoutEntries() {
    store.commit(List.of(change().record(new byte[] {9})));

    StoredLog stored = store.log(log.name()).orElseThrow();

    assertThat(stored.held().isEmpty()).isTrue();
    assertThat(stored.head()).isEmpty();
    assertThat(stored.record()).isPresent();
  }

  @Test
  void keepsPublishedBlocksByLevelAndOrdinal() {
    LogChange change = change();
    for (int i = 0; i < 5; i++) {
      change.publish(SampleLog.block(0, i, 3));
    }
    change.publish(SampleLog.block(1, 0, 15));

    store.commit(List.of(change));

    assertThat(store.published(log.name(), 0, 3))
        .isEqualTo(List.of(SampleLog.block(0, 3, 3), SampleLog.block(0, 4, 3)));
    assertThat(store.published(log.name(), 1, 0)).isEqualTo(List.of(SampleLog.block(1, 0, 15)));
    assertThat(store.published(log.name(), 2, 0)).isEmpty();
    assertThat(store.published(other.name(), 0, 0)).isEmpty();
  }

  @Test
  void dropsPublishedBlocksBeforeItPutsOthers() {
    LogChange first = change();
    for (int i = 0; i < 5; i++) {
      first.publish(SampleLog.block(0, i, 3));
    }
    store.commit(List.of(first.publish(SampleLog.block(1, 0, 3))));

    PublishedBlock replaced = SampleLog.block(0, 2, 4);
    store.commit(List.of(change().unpublish(0, 2).publish(replaced)));

    assertThat(store.published(log.name(), 0, 0))
        .isEqualTo(List.of(SampleLog.block(0, 0, 3), SampleLog.block(0, 1, 3), replaced));
    assertThat(store.published(log.name(), 1, 0)).hasSize(1);
  }

  @Test
  void replacesAPublishedBlockOfTheSamePlace() {
    store.commit(List.of(change().publish(SampleLog.block(0, 0, 3))));
    store.commit(List.of(change().publish(SampleLog.block(0, 0, 4))));

    assertThat(store.published(log.name(), 0, 0)).isEqualTo(List.of(SampleLog.block(0, 0, 4)));
  }

  @Test
  void takesAChangeOfNothing() {
    store.commit(List.of());

    assertThat(store.logs()).isEmpty();
  }

  @Test
  void hasEverythingAfterItWasOpenedAgain() throws Exception {
    List<StoredSlice> put = List.of(put(1), put(500), put(1));
    store.commit(
        List.of(
            change().record(new byte[] {5}).publish(SampleLog.block(0, 0, 3)),
            new LogChange(other.name()).put(other.append(2, 5))));

    store = reopen(store);

    same(all(), put);
    assertThat(store.logs()).hasSize(2);
    StoredLog stored = store.log(log.name()).orElseThrow();
    assertThat(stored.record()).isPresent();
    assertThat(stored.head()).isEqualTo(put.get(2).outline().head());
    assertThat(store.published(log.name(), 0, 0)).isEqualTo(List.of(SampleLog.block(0, 0, 3)));
  }
}
