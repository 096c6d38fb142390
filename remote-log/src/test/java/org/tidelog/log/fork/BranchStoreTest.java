package org.tidelog.log.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.merkle.NaiveMerkle;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/** What is below the fork point is in both branches, what is above it in one. */
final class BranchStoreTest {
  private static final long ALL = Long.MAX_VALUE / 2;
  private static final int POINT = 5;
  private static final IpnsName LOG = TestLogs.name(1);
  private static final IpnsName OTHER = TestLogs.name(2);
  private static final Slice WHOLE =
      TestLogs.slice(0, TestLogs.anyEntries(new Random(90), 0, 10, 60));
  private static final List<Digest> IDS = WHOLE.ids(LOG, Digest.ZERO);
  private static final Head HEAD =
      Head.sign(
          new Head.Statement(LOG, 10, IDS.get(9), new NaiveMerkle(IDS).root(10), TestLogs.NOW),
          TestLogs.signer(1));

  private final MemoryLogStore store = new MemoryLogStore();
  private final BranchStore branch = new BranchStore(store, LOG, POINT);

  @BeforeEach
  void keepsASliceOnBothSidesOfThePoint() {
    LogChange change = new LogChange(LOG);
    change.put(StoredSlice.of(LOG, WHOLE, Digest.ZERO, Optional.of(HEAD)));
    branch.commit(List.of(change));
  }

  private static List<Digest> ids(List<StoredSlice> slices) {
    List<Digest> ids = new ArrayList<>();
    for (StoredSlice slice : slices) ids.addAll(slice.ids(LOG));
    return ids;
  }

  @Test
  void sharesWhatIsBelowThePoint() {
    assertThat(store.log(LOG).orElseThrow().held().ranges()).containsExactly(new SeqRange(0, 5));
    assertThat(store.log(LOG).orElseThrow().head()).isEmpty();
    assertThat(store.log(BranchStore.key(LOG)).orElseThrow().held().ranges())
        .containsExactly(new SeqRange(5, 10));
    assertThat(branch.log(LOG).orElseThrow().held().ranges()).containsExactly(new SeqRange(0, 10));
    assertThat(branch.log(LOG).orElseThrow().head()).contains(HEAD);
    assertThat(branch.log(OTHER)).isEmpty();
    assertThat(branch.logs()).isEqualTo(store.logs()).contains(LOG);
  }

  @Test
  void givesItsSlicesAndOutlinesAsIfItWereTheLog() {
    for (int from = 0; from < 10; from++) {
      for (int to = from + 1; to <= 10; to++) {
        List<StoredSlice> slices = branch.slices(LOG, from, to, ALL);
        int first = from < POINT ? 0 : POINT;
        int end = to > POINT ? 10 : POINT;
        assertThat(ids(slices)).isEqualTo(IDS.subList(first, end));
        assertThat(branch.outlines(LOG, from, to))
            .isEqualTo(slices.stream().map(StoredSlice::outline).toList());
      }
    }
    assertThat(branch.outlines(LOG, 5, 10))
        .extracting(SliceOutline::previous)
        .containsExactly(IDS.get(4));
    assertThat(branch.outlines(LOG, 5, 10).get(0).head()).contains(HEAD);
    assertThat(branch.slices(OTHER, 0, 10, ALL)).isEmpty();
    assertThat(branch.outlines(OTHER, 0, 10)).isEmpty();
  }

  @Test
  void givesNoMoreThanItIsAskedFor() {
    long below = branch.slices(LOG, 0, 5, ALL).get(0).slice().length();

    assertThat(ids(branch.slices(LOG, 0, 10, below))).isEqualTo(IDS.subList(0, 5));
    assertThat(ids(branch.slices(LOG, 0, 10, below + 1))).isEqualTo(IDS);
  }

  /** A slice of the first branch reaches over the point: only what is below it is shared. */
  @Test
  void cutsASliceOfTheFirstBranchAtThePoint() {
    MemoryLogStore first = new MemoryLogStore();
    LogChange change = new LogChange(LOG);
    change.put(StoredSlice.of(LOG, WHOLE, Digest.ZERO, Optional.of(HEAD)));
    first.commit(List.of(change));
    BranchStore second = new BranchStore(first, LOG, POINT);

    assertThat(ids(second.slices(LOG, 0, 10, ALL))).isEqualTo(IDS.subList(0, 5));
    assertThat(second.slices(LOG, 0, 10, ALL).get(0).outline().head()).isEmpty();
    assertThat(second.outlines(LOG, 0, 10)).extracting(SliceOutline::end).containsExactly(5L);
    assertThat(second.log(LOG).orElseThrow().held().end()).isEqualTo(5);
    assertThat(new BranchStore(first, LOG, 0).log(LOG)).isEmpty();
    assertThat(new BranchStore(first, LOG, 10).outlines(LOG, 0, 10).get(0).head()).contains(HEAD);
  }

  @Test
  void removesOnTheSideWhereItIs() {
    LogChange change = new LogChange(LOG);
    change.remove(5);
    branch.commit(List.of(change));
    assertThat(branch.log(LOG).orElseThrow().held().ranges()).containsExactly(new SeqRange(0, 5));

    LogChange rest = new LogChange(LOG);
    rest.remove(0);
    branch.commit(List.of(rest));
    assertThat(store.log(LOG).map(log -> log.held().isEmpty()).orElse(true)).isTrue();
  }

  @Test
  void leavesOtherLogsAlone() {
    Slice slice = TestLogs.slice(0, TestLogs.anyEntries(new Random(91), 0, 3, 60));
    LogChange change = new LogChange(OTHER);
    change.put(StoredSlice.of(OTHER, slice, Digest.ZERO, Optional.empty()));
    branch.commit(List.of(change));

    assertThat(store.slices(OTHER, 0, 3, ALL)).hasSize(1);
    assertThat(branch.slices(OTHER, 0, 3, ALL)).isEqualTo(store.slices(OTHER, 0, 3, ALL));
    assertThat(branch.published(LOG, 0, 0)).isEmpty();
  }
}
