package org.tidelog.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestLogs;

/** What stands at a bound of the format is taken, and nothing beyond it. */
final class EntryLimitsTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final byte[] NONE = {};

  private static NewEntry data(int payloadBytes) {
    return NewEntry.plain(EntryKind.DATA, 0, new byte[payloadBytes]);
  }

  private static Entry readBack(NewEntry entry) throws MalformedException {
    Slice slice = Slice.parse(new SliceBuilder(1).add(entry).build().bytes());
    return slice.entries(LOG, Digest.ZERO).get(0);
  }

  @Test
  void takesTheLargestPayload() throws Exception {
    Entry largest = readBack(data(Limits.PAYLOAD_BYTES_MAX));

    assertThat(largest.payload().orElseThrow()).hasSize(Limits.PAYLOAD_BYTES_MAX);
  }

  @Test
  void takesAsManyParentsAsThereMayBeAndTheFarthest() throws Exception {
    List<ParentRef> parents = new ArrayList<>();
    for (int i = 0; i < Limits.PARENTS_MAX; i++) {
      parents.add(new ParentRef(Integer.MAX_VALUE - i, Limits.SEQ_MAX - i));
    }

    assertThat(readBack(new NewEntry(EntryKind.DATA, 0, 0, 0, parents, NONE)).header().parents())
        .isEqualTo(parents);
  }

  @Test
  void takesTheLastMomentThereIs() throws Exception {
    long last = Limits.TIME_MILLIS_MAX;
    NewEntry expiring =
        new NewEntry(EntryKind.DATA, last - 1, Flags.EXPIRING, last, List.of(), NONE);

    assertThat(readBack(NewEntry.plain(EntryKind.DATA, last, NONE)).timeMillis()).isEqualTo(last);
    assertThat(readBack(expiring).header().expiryMillis()).isEqualTo(last);
    assertThatThrownBy(
            () -> new NewEntry(EntryKind.DATA, 0, Flags.EXPIRING, last + 1, List.of(), NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stepsFromTheLastMomentToTheFirst() throws Exception {
    SliceBuilder builder = new SliceBuilder(1);
    builder.add(NewEntry.plain(EntryKind.DATA, Limits.TIME_MILLIS_MAX, NONE));
    builder.add(NewEntry.plain(EntryKind.DATA, 0, NONE));

    assertThat(Slice.parse(builder.build().bytes()).entries(LOG, Digest.ZERO))
        .extracting(Entry::timeMillis)
        .containsExactly(Limits.TIME_MILLIS_MAX, 0L);
  }

  @Test
  void fillsASliceToItsLastByteOfWeight() throws Exception {
    NewEntry half = data(Limits.SLICE_WEIGHT_MAX / 2 - 100);
    SliceBuilder two = new SliceBuilder(1).add(half).add(half);
    int left = Limits.SLICE_WEIGHT_MAX - 2 * half.weight();
    int fixed = data(200).weight() - 200;
    NewEntry fits = data(left - fixed);
    NewEntry over = data(left - fixed + 1);

    assertThat(fits.weight()).isEqualTo(left);
    assertThat(two.hasRoomFor(over.weight())).isFalse();
    Slice full = two.add(fits).build();
    assertThat(full.weight()).isEqualTo(Limits.SLICE_WEIGHT_MAX);
    assertThat(Slice.parse(full.bytes())).isEqualTo(full);
    assertThat(new SliceBuilder(1).hasRoomFor(full)).isTrue();
    assertThat(new SliceBuilder(0).add(genesis()).hasRoomFor(full)).isFalse();
  }

  /** By weights everybody draws the same boundaries, so they are part of the format. */
  @Test
  void weighsWhatTheFormatSays() {
    assertThat(data(0).weight()).isEqualTo(1 + 4 + 1 + 32);
    assertThat(data(32).weight()).isEqualTo(1 + 4 + 1 + 32);
    assertThat(data(33).weight()).isEqualTo(1 + 4 + 1 + 33);
    assertThat(data(128).weight()).isEqualTo(1 + 4 + 2 + 128);
    assertThat(new NewEntry(EntryKind.DATA, 0, Flags.LINKED, 0, List.of(), NONE).weight())
        .isEqualTo(2 + 4 + 1 + 32);
    assertThat(new NewEntry(EntryKind.DATA, 0, Flags.EXPIRING, 200, List.of(), NONE).weight())
        .isEqualTo(2 + 4 + 2 + 1 + 32);
    assertThat(new NewEntry(EntryKind.DATA, 0, Flags.SALTED | Flags.SEALED, 0, parent(), NONE))
        .extracting(NewEntry::weight)
        .isEqualTo(1 + 4 + 1 + 1 + 2 + 1 + 32);
  }

  private static List<ParentRef> parent() {
    return List.of(new ParentRef(3, 300));
  }

  private static NewEntry genesis() {
    return NewEntry.plain(EntryKind.GENESIS, 0, NONE);
  }

  @Test
  void hasRoomForASliceWhereTheEntriesTogetherAreNotTooMany() {
    SliceBuilder most = new SliceBuilder(0).add(genesis());
    SliceBuilder rest = new SliceBuilder(1);
    for (int i = 1; i < Limits.SLICE_ENTRIES_MAX; i++) rest.add(data(0));
    assertThat(most.hasRoomFor(rest.build())).isTrue();

    most.add(data(0));
    assertThat(most.hasRoomFor(rest.build())).isFalse();
  }

  @Test
  void beginsAtTheLastPositionThereIs() {
    Slice last = new SliceBuilder(Limits.SEQ_MAX).add(data(1)).build();

    assertThat(last.first()).isEqualTo(Limits.SEQ_MAX);
    assertThat(last.end()).isEqualTo(Limits.SIZE_MAX);
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void readsEveryKindByItsCode(EntryKind kind) throws Exception {
    assertThat(EntryKind.of(kind.code())).isEqualTo(kind);
    assertThat(kind.word()).isEqualTo(kind.toString().toLowerCase(Locale.ROOT));
    assertThat(kind.isControl()).isEqualTo(kind != EntryKind.DATA);
    assertThatThrownBy(() -> EntryKind.of(9)).isInstanceOf(MalformedException.class);
  }

  @Test
  void takesTheFlagsThereAreAndNoOthers() throws Exception {
    for (int flags = 0; flags < 16; flags++) assertThat(Flags.checked(flags)).isEqualTo(flags);
    for (int flags : new int[] {16, 31, -1}) {
      assertThatThrownBy(() -> Flags.checked(flags)).isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void readsAsManyRangesAsItIsAsked(int count) throws Exception {
    List<SeqRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) ranges.add(new SeqRange(3L * i, 3L * i + 1));
    SeqRanges set = SeqRanges.of(ranges);

    assertThat(SeqRanges.parse(set.encode(), count)).isEqualTo(set).hasSameHashCodeAs(set);
    assertThatThrownBy(() -> SeqRanges.parse(set.encode(), count - 1))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void readsRangesUpToTheLastPosition() throws Exception {
    for (SeqRange range :
        List.of(
            new SeqRange(0, Limits.SIZE_MAX),
            new SeqRange(Limits.SEQ_MAX, Limits.SIZE_MAX),
            new SeqRange(5, Limits.SIZE_MAX))) {
      SeqRanges set = SeqRanges.none().with(range);
      assertThat(SeqRanges.parse(set.encode(), 1).ranges()).containsExactly(range);
    }
    byte[] after = new ByteWriter().varint(3).varint(Limits.SIZE_MAX - 2).toByteArray();
    assertThatThrownBy(() -> SeqRanges.parse(after, 1)).isInstanceOf(MalformedException.class);
    byte[] second =
        new ByteWriter().varint(0).varint(4).varint(Limits.SIZE_MAX - 3).varint(1).toByteArray();
    assertThatThrownBy(() -> SeqRanges.parse(second, 2)).isInstanceOf(MalformedException.class);
  }

  @Test
  void rangesHaveAPositionAtLeast() {
    assertThat(new SeqRange(0, 1).length()).isEqualTo(1);
    for (long[] none : new long[][] {{-1, 1}, {3, 3}, {4, 3}}) {
      assertThatThrownBy(() -> new SeqRange(none[0], none[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new SeqRange(2, 5)).hasToString("[2, 5)");
    assertThat(SeqRanges.of(List.of(new SeqRange(2, 5)))).hasToString("[[2, 5)]");
  }

  @Test
  void statesEverySizeAndTimeThereIs() {
    Digest any = Sha256.hash(NONE);
    for (long size : new long[] {1, Limits.SIZE_MAX}) {
      assertThat(new Head.Statement(LOG, size, any, any, 0).size()).isEqualTo(size);
    }
    assertThat(new Head.Statement(LOG, 1, any, any, Limits.TIME_MILLIS_MAX).timeMillis())
        .isEqualTo(Limits.TIME_MILLIS_MAX);
    assertThatThrownBy(() -> new Head.Statement(LOG, 1, any, any, Limits.TIME_MILLIS_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsHeadsApartBySignatureToo() {
    Digest any = Sha256.hash(NONE);
    Head.Statement says = new Head.Statement(LOG, 9, any, any, 7);
    Head head = Head.sign(says, TestLogs.signer(1));

    assertThat(head).isEqualTo(Head.claimed(says, head.signature()));
    assertThat(head).hasSameHashCodeAs(Head.sign(says, TestLogs.signer(1)));
    assertThat(head).isNotEqualTo(Head.sign(says, TestLogs.signer(2)));
    assertThat(head)
        .isNotEqualTo(Head.claimed(new Head.Statement(LOG, 9, any, any, 8), head.signature()));
    assertThat(head.timeMillis()).isEqualTo(7);
    assertThat(head.last()).isEqualTo(any);
    assertThat(head).hasToString("head of " + LOG.shortText() + " at 9");
    head.signature()[0] ^= 1;
    assertThat(head.verify(TestLogs.VERIFIER)).isTrue();
  }

  @Test
  void anEntryWithoutItsPayloadSaysSo() throws Exception {
    Slice slice = new SliceBuilder(1).add(data(3)).build().withoutPayloads(LOG, seq -> true);

    Entry entry = slice.entries(LOG, Digest.ZERO).get(0);

    assertThat(entry.payload()).isEqualTo(Optional.empty());
    assertThat(entry.header().payloadLength()).isEqualTo(3);
    assertThat(entry.header().payloadHash()).isEqualTo(EntryHeader.payloadHash(new byte[3]));
    assertThat(entry.header().has(Flags.SALTED)).isFalse();
  }
}
