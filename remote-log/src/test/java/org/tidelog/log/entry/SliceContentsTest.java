package org.tidelog.log.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;

/** What is asked of a slice and of a set of positions beside the entries themselves. */
final class SliceContentsTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final long NOW = TestLogs.NOW;

  private static NewEntry entry(EntryKind kind, int payload) {
    return NewEntry.plain(kind, NOW, new byte[] {(byte) payload});
  }

  private static NewEntry expiring(EntryKind kind, long at) {
    return new NewEntry(kind, NOW - 5, Flags.EXPIRING, at, List.of(), new byte[1]);
  }

  private static SeqRanges positions(long... seqs) {
    SeqRanges set = SeqRanges.none();
    for (long seq : seqs) set = set.with(new SeqRange(seq, seq + 1));
    return set;
  }

  /** Control entries are kept whatever is said of them, as here 3 and 7. */
  @Test
  void doesNotWantWhatWasDeletedOrHasExpired() {
    Slice slice =
        TestLogs.slice(
            2,
            List.of(
                entry(EntryKind.DATA, 1),
                entry(EntryKind.ALIAS, 2),
                entry(EntryKind.DATA, 3),
                expiring(EntryKind.DATA, NOW),
                expiring(EntryKind.DATA, NOW + 1),
                expiring(EntryKind.SNAPSHOT, NOW)));

    assertThat(slice.unwanted(SeqRanges.none(), NOW - 1)).isEqualTo(SeqRanges.none());
    assertThat(slice.unwanted(SeqRanges.none(), NOW)).isEqualTo(positions(5));
    assertThat(slice.unwanted(SeqRanges.none(), NOW + 1)).isEqualTo(positions(5, 6));
    assertThat(slice.unwanted(positions(1, 2, 3, 4, 9), NOW)).isEqualTo(positions(2, 4, 5));
    assertThat(slice.withoutPayloads(LOG, seq -> true).unwanted(positions(2, 4), NOW).isEmpty())
        .isTrue();
  }

  @Test
  void tellsControlEntriesAndPayloadsOfAKind() {
    Slice slice =
        TestLogs.slice(
            0,
            List.of(
                entry(EntryKind.GENESIS, 1),
                entry(EntryKind.DATA, 2),
                entry(EntryKind.DELETE, 3),
                entry(EntryKind.DELETE, 4)));

    assertThat(slice.controls()).isEqualTo(positions(0, 2, 3));
    assertThat(slice.payloads(EntryKind.DELETE)).containsOnlyKeys(2L, 3L);
    assertThat(slice.payloads(EntryKind.DELETE).get(3L)).isEqualTo(new byte[] {4});
    assertThat(slice.withoutPayloads(LOG, seq -> seq == 2).payloads(EntryKind.DELETE))
        .containsOnlyKeys(3L);
    assertThat(slice.payloads(EntryKind.CLOSE)).isEmpty();
  }

  @Test
  void isAsLongAsItsEntriesAndTheNumbersBeforeThem() {
    Slice slice = TestLogs.slice(200, TestLogs.anyEntries(new Random(3), 200, 30, 300));

    assertThat(slice.lengths()).hasSize(30);
    assertThat(slice.weights()).hasSize(30);
    assertThat(Arrays.stream(slice.weights()).sum()).isEqualTo(slice.weight());
    assertThat(Arrays.stream(slice.lengths()).sum()).isEqualTo(slice.length() - 3);
    assertThat(slice.length()).isEqualTo(slice.bytes().length);
    for (int i = 0; i < 30; i++) {
      // An entry alone has its whole time in place of the step from the one before.
      assertThat(slice.cut(200 + i, 201 + i).length() - 3)
          .isBetween(slice.lengths()[i], slice.lengths()[i] + 6);
    }
  }

  @Test
  void tellsOneSliceFromAnother() {
    Slice slice = TestLogs.slice(1, List.of(entry(EntryKind.DATA, 1)));
    Slice same = TestLogs.slice(1, List.of(entry(EntryKind.DATA, 1)));

    assertThat(slice).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(slice).isNotEqualTo(TestLogs.slice(1, List.of(entry(EntryKind.DATA, 2))));
    assertThat(slice).hasToString("slice [1, 2), " + slice.length() + " bytes");
    slice.bytes()[0] ^= 1;
    assertThat(slice).isEqualTo(same);
  }

  @Test
  void addsNoMoreToASliceThanItHasRoomFor() {
    Slice large =
        TestLogs.slice(
            1,
            List.of(
                NewEntry.plain(EntryKind.DATA, NOW, new byte[200_000]), entry(EntryKind.DATA, 1)));
    NewEntry first = NewEntry.plain(EntryKind.GENESIS, NOW, new byte[200_000]);
    NewEntry rest = NewEntry.plain(EntryKind.DATA, NOW, new byte[150_000]);
    SliceBuilder builder = new SliceBuilder(0).add(first);

    assertThat(large.addTo(builder, 1, 2)).isEqualTo(2);
    assertThat(builder.count()).isEqualTo(2);
    assertThat(TestLogs.slice(2, List.of(rest)).addTo(builder, 2, 3)).isEqualTo(2);
    assertThat(builder.count()).isEqualTo(2);
    assertThat(builder.first()).isZero();
  }

  @Test
  void findsTheRunFromAPositionOn() {
    SeqRanges set = SeqRanges.of(List.of(new SeqRange(2, 5), new SeqRange(8, 9)));

    assertThat(set.runFrom(0)).contains(new SeqRange(2, 5));
    assertThat(set.runFrom(2)).contains(new SeqRange(2, 5));
    assertThat(set.runFrom(4)).contains(new SeqRange(4, 5));
    assertThat(set.runFrom(5)).contains(new SeqRange(8, 9));
    assertThat(set.runFrom(9)).isEmpty();
    assertThat(SeqRanges.none().runFrom(0)).isEmpty();
  }

  @Test
  void sharesWhatIsInBothSets() {
    SeqRanges set = SeqRanges.of(List.of(new SeqRange(2, 5), new SeqRange(8, 12)));
    SeqRanges other = SeqRanges.of(List.of(new SeqRange(0, 3), new SeqRange(4, 10)));

    assertThat(set.common(other).ranges())
        .containsExactly(new SeqRange(2, 3), new SeqRange(4, 5), new SeqRange(8, 10));
    assertThat(other.common(set)).isEqualTo(set.common(other));
    assertThat(set.common(SeqRanges.none()).isEmpty()).isTrue();
  }

  @Test
  void missesNothingOfALogWithoutEntries() {
    SeqRanges set = SeqRanges.of(List.of(new SeqRange(2, 5)));

    assertThat(set.missingBelow(0).isEmpty()).isTrue();
    assertThat(set.missingBelow(1).ranges()).containsExactly(new SeqRange(0, 1));
    assertThat(set.missingBelow(6).ranges())
        .containsExactly(new SeqRange(0, 2), new SeqRange(5, 6));
    assertThat(set.end()).isEqualTo(5);
    assertThat(SeqRanges.none().end()).isZero();
  }

  @Test
  void ordersRangesByTheirBeginning() {
    assertThat(new SeqRange(1, 9)).isLessThan(new SeqRange(2, 3));
    assertThat(new SeqRange(2, 3)).isLessThan(new SeqRange(2, 4));
    assertThat(new SeqRange(2, 4)).isGreaterThan(new SeqRange(2, 3));
  }
}
