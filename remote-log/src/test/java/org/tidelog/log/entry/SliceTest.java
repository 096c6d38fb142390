package org.tidelog.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestLogs;

class SliceTest {
  private static final IpnsName LOG = TestLogs.name(1);

  /** What a log may begin a slice at, each of another length in the encoding. */
  private static final long[] FIRSTS = {0, 1, 127, 128, 1L << 20, Limits.SEQ_MAX - 100};

  @Test
  void holdsTheEntriesItWasBuiltOf() throws Exception {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      long first = FIRSTS[round % FIRSTS.length];
      List<NewEntry> entries = TestLogs.anyEntries(random, first, 1 + random.nextInt(40), 3_000);

      Slice slice = Slice.parse(TestLogs.slice(first, entries).bytes());

      assertThat(slice.range()).isEqualTo(new SeqRange(first, first + entries.size()));
      holds(slice, entries, TestLogs.previous(first));
    }
  }

  private static void holds(Slice slice, List<NewEntry> expected, Digest previous) {
    Digest before = previous;
    List<Entry> entries = slice.entries(LOG, previous);
    for (int i = 0; i < expected.size(); i++) {
      NewEntry put = expected.get(i);
      EntryHeader header =
          new EntryHeader(
              LOG,
              slice.first() + i,
              put.kind(),
              before,
              put.timeMillis(),
              put.flags(),
              put.expiryMillis(),
              put.parents(),
              put.stored().length,
              EntryHeader.payloadHash(put.stored()));
      assertThat(entries.get(i).header()).isEqualTo(header);
      assertThat(entries.get(i).id()).isEqualTo(header.id());
      assertThat(entries.get(i).payload())
          .hasValueSatisfying(p -> assertThat(p).isEqualTo(put.stored()));
      before = header.id();
    }
    assertThat(slice.ids(LOG, previous)).isEqualTo(entries.stream().map(Entry::id).toList());
  }

  @Test
  void hasTheSameBytesWhereverItWasCutAndJoined() {
    Random random = new Random(6);
    for (int round = 0; round < 200; round++) {
      long first = FIRSTS[round % FIRSTS.length];
      Slice whole = someGone(random, anySlice(random, first));
      SliceBuilder joined = new SliceBuilder(first);
      for (long at = first; at < whole.end(); ) {
        long to = at + 1 + random.nextInt((int) (whole.end() - at));
        Slice part = whole.cut(at, to);
        assertThat(part.range()).isEqualTo(new SeqRange(at, to));
        at = part.addTo(joined, at, to);
      }

      assertThat(joined.build()).isEqualTo(whole);
    }
  }

  private static Slice anySlice(Random random, long first) {
    return TestLogs.slice(first, TestLogs.anyEntries(random, first, 1 + random.nextInt(40), 1_000));
  }

  private static Slice someGone(Random random, Slice slice) {
    long mask = random.nextLong();
    return slice.withoutPayloads(LOG, seq -> (mask >>> seq % 64 & 1) == 1);
  }

  @Test
  void aPartHasTheIdsItHadInTheWhole() {
    Random random = new Random(7);
    Slice whole = anySlice(random, 0);
    List<Digest> ids = whole.ids(LOG, Digest.ZERO);

    for (int from = 1; from < whole.count(); from++) {
      Slice part = whole.cut(from, whole.end());
      assertThat(part.ids(LOG, ids.get(from - 1))).isEqualTo(ids.subList(from, ids.size()));
    }
  }

  @Test
  void keepsIdsAndWeightsWhenPayloadsGo() throws Exception {
    Random random = new Random(8);
    for (int round = 0; round < 100; round++) {
      Slice whole = anySlice(random, 0);

      Slice rest = Slice.parse(someGone(random, whole).bytes());

      assertThat(rest.ids(LOG, Digest.ZERO)).isEqualTo(whole.ids(LOG, Digest.ZERO));
      assertThat(rest.weights()).isEqualTo(whole.weights());
      assertThat(rest.weight()).isEqualTo(Arrays.stream(whole.weights()).sum());
    }
  }

  @Test
  void dropsThePayloadsThatArePickedAndNoOthers() {
    Slice whole = anySlice(new Random(9), 0);

    Slice rest = whole.withoutPayloads(LOG, seq -> seq % 2 == 1);

    for (Entry entry : rest.entries(LOG, Digest.ZERO)) {
      assertThat(entry.payload().isPresent()).isEqualTo(entry.seq() % 2 == 0);
    }
    assertThat(rest.withoutPayloads(LOG, seq -> seq % 2 == 1)).isEqualTo(rest);
  }

  @Test
  void weighsAnEntryLikeTheEntryItself() {
    Random random = new Random(10);
    List<NewEntry> entries = TestLogs.anyEntries(random, 0, 500, 500);
    Slice slice = TestLogs.slice(0, entries);

    for (int i = 0; i < entries.size(); i++) {
      assertThat(slice.weights()[i]).isEqualTo(entries.get(i).weight());
    }
  }

  @Test
  void takesAtMostFourBytesAnEntryMoreThanItsWeight() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Slice slice = someGone(random, anySlice(random, 0));

      assertThat(slice.length()).isLessThanOrEqualTo(slice.weight() + 4 * slice.count() + 8);
    }
  }

  @Test
  void readsNothingFromTruncatedBytes() {
    Random random = new Random(12);
    for (int round = 0; round < 20; round++) {
      byte[] bytes = someGone(random, anySlice(random, 0)).bytes();
      for (int length = 0; length <= bytes.length + 1; length++) {
        boolean read = isCanonicalIfRead(Arrays.copyOf(bytes, length));
        assertThat(read).isEqualTo(length == bytes.length);
      }
    }
  }

  @Test
  void hasOneEncodingWhateverBitIsFlipped() {
    Random random = new Random(13);
    int read = 0;
    for (int round = 0; round < 20; round++) {
      byte[] bytes = someGone(random, shortSlice(random)).bytes();
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        if (isCanonicalIfRead(flipped)) read++;
      }
    }
    assertThat(read).isPositive();
  }

  private static Slice shortSlice(Random random) {
    return TestLogs.slice(0, TestLogs.anyEntries(random, 0, 8, 40));
  }

  /** Reads bytes, and if they can be read, encodes what was read anew. */
  private static boolean isCanonicalIfRead(byte[] bytes) {
    Slice slice;
    try {
      slice = Slice.parse(bytes);
    } catch (MalformedException e) {
      return false;
    }
    SliceBuilder rebuilt = new SliceBuilder(slice.first());
    for (Entry entry : slice.entries(LOG, Digest.ZERO)) {
      EntryHeader h = entry.header();
      byte[] stored = entry.payload().orElse(new byte[h.payloadLength()]);
      rebuilt.add(
          new NewEntry(h.kind(), h.timeMillis(), h.flags(), h.expiryMillis(), h.parents(), stored));
    }
    assertThat(withHashesOf(rebuilt.build(), slice)).isEqualTo(bytes);
    assertThat(slice.bytes()).isEqualTo(bytes);
    return true;
  }

  /** The bytes of a slice, with hashes instead of payloads where another slice has them. */
  private static byte[] withHashesOf(Slice rebuilt, Slice from) {
    List<Entry> entries = from.entries(LOG, Digest.ZERO);
    int at = 0;
    byte[] bytes =
        rebuilt
            .withoutPayloads(
                LOG, seq -> !entries.get((int) (seq - from.first())).payload().isPresent())
            .bytes();
    for (Entry entry : entries) {
      if (entry.payload().isPresent()) continue;
      byte[] placeholder =
          EntryHeader.payloadHash(new byte[entry.header().payloadLength()]).bytes();
      at = indexOf(bytes, placeholder, at);
      System.arraycopy(entry.header().payloadHash().bytes(), 0, bytes, at, Digest.LENGTH);
    }
    return bytes;
  }

  private static int indexOf(byte[] bytes, byte[] part, int from) {
    for (int at = from; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, at, at + part.length), part)) return at;
    }
    throw new AssertionError("not there");
  }

  @Test
  void hasAtMost1024Entries() throws Exception {
    NewEntry entry = NewEntry.plain(EntryKind.DATA, TestLogs.NOW, new byte[0]);
    SliceBuilder builder = new SliceBuilder(1);
    for (int i = 0; i < Limits.SLICE_ENTRIES_MAX; i++) {
      assertThat(builder.hasRoomFor(entry.weight())).isTrue();
      builder.add(entry);
    }

    assertThat(builder.hasRoomFor(entry.weight())).isFalse();
    assertThatThrownBy(() -> builder.add(entry)).isInstanceOf(IllegalStateException.class);
    assertThat(Slice.parse(builder.build().bytes()).count()).isEqualTo(1024);
    assertThatThrownBy(() -> Slice.parse(new ByteWriter().varint(1).varint(1025).toByteArray()))
        .isInstanceOf(MalformedException.class)
        .hasMessage("slice of 1025 entries");
    assertThatThrownBy(() -> Slice.parse(new ByteWriter().varint(1).varint(0).toByteArray()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void staysWithinItsBoundsWhenAllItsPayloadsGo() throws Exception {
    NewEntry small = NewEntry.plain(EntryKind.DATA, TestLogs.NOW, new byte[1]);
    NewEntry large = NewEntry.plain(EntryKind.DATA, TestLogs.NOW, new byte[200_000]);
    SliceBuilder builder = new SliceBuilder(1).add(large).add(large);
    while (builder.hasRoomFor(small.weight())) builder.add(small);
    Slice slice = builder.build();

    Slice rest = slice.withoutPayloads(LOG, seq -> seq > 2);

    assertThat(slice.count()).isEqualTo(Limits.SLICE_ENTRIES_MAX);
    assertThat(Slice.parse(rest.bytes()).ids(LOG, Digest.ZERO))
        .isEqualTo(slice.ids(LOG, Digest.ZERO));
  }

  @Test
  void refusesWhatIsOverItsBounds() {
    NewEntry large = NewEntry.plain(EntryKind.DATA, TestLogs.NOW, new byte[255_000]);
    byte[] entry = entryBytes(large);
    ByteWriter three = new ByteWriter().varint(1).varint(3).bytes(entry);
    byte[] next = entry.clone();
    three.bytes(next).bytes(next);
    assertThatThrownBy(() -> Slice.parse(three.toByteArray()))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("bytes");
    assertThatThrownBy(() -> new SliceBuilder(1).add(large).add(large).add(large))
        .isInstanceOf(IllegalStateException.class);
    byte[] claimed =
        new ByteWriter().varint(1).varint(1).u8(0).zigzag(0).varint(262_145).toByteArray();
    assertThatThrownBy(() -> Slice.parse(claimed))
        .isInstanceOf(MalformedException.class)
        .hasMessage("entry 1 with a payload of 262145 bytes");
  }

  private static byte[] entryBytes(NewEntry entry) {
    byte[] slice = TestLogs.slice(1, List.of(entry)).bytes();
    return Arrays.copyOfRange(slice, 2, slice.length);
  }

  @Test
  void countsAnAbsentPayloadLikeOneThatIsThere() {
    ByteWriter absent = new ByteWriter().varint(1).varint(2);
    for (int i = 0; i < 2; i++) {
      absent.u8(0x80).u8(4).zigzag(0).varint(Limits.PAYLOAD_BYTES_MAX).digest(Digest.ZERO);
    }

    assertThatThrownBy(() -> Slice.parse(absent.toByteArray()))
        .isInstanceOf(MalformedException.class)
        .hasMessage("slice over its bounds at entry 2");
  }

  @Test
  void refusesFieldsThatNobodyWrites() {
    List<ByteWriter> wrong = new ArrayList<>();
    wrong.add(entry(1).u8(9).zigzag(0).varint(0)); // A kind there is not.
    wrong.add(entry(1).u8(0x80).u8(0).zigzag(0).varint(0)); // More flags, but none.
    wrong.add(entry(1).u8(0x80).u8(8).zigzag(0).varint(0)); // A flag there is not.
    wrong.add(entry(1).u8(0x20).zigzag(0).varint(0).varint(0)); // Parents, but none.
    wrong.add(entry(1).u8(0x20).zigzag(0).varint(17)); // Too many of them.
    wrong.add(entry(1).u8(0x20).zigzag(0).varint(1).varint(1L << 31).varint(0).varint(0));
    wrong.add(entry(1).u8(0x20).zigzag(0).varint(1).varint(0).varint(Limits.SIZE_MAX).varint(0));
    wrong.add(entry(1).u8(0).zigzag(-1).varint(0)); // Before 1970.
    wrong.add(entry(1).u8(0).zigzag(1L << 48).varint(0));
    ByteWriter two = new ByteWriter().varint(1).varint(2);
    two.u8(0).zigzag(Limits.TIME_MILLIS_MAX).varint(0);
    wrong.add(two.u8(0).zigzag(1).varint(0)); // After the last time there is.
    wrong.add(entry(1).u8(0x80).u8(1).zigzag(0).varint(0).varint(0)); // Expired when written.
    wrong.add(entry(1).u8(0x80).u8(1).zigzag(9).varint((1L << 48) - 9).varint(0));
    wrong.add(entry(1).u8(0).u8(0x80).u8(0).varint(0)); // A padded time.
    wrong.add(entry(0).u8(0).zigzag(0).varint(0)); // No genesis at 0.
    wrong.add(entry(1).u8(1).zigzag(0).varint(0)); // A genesis elsewhere.
    wrong.add(entry(Limits.SIZE_MAX).u8(0).zigzag(0).varint(0));
    wrong.add(entry(Long.MAX_VALUE).u8(0).zigzag(0).varint(0));
    for (ByteWriter bytes : wrong) {
      assertThatThrownBy(() -> Slice.parse(bytes.toByteArray()))
          .isInstanceOf(MalformedException.class)
          .hasMessageNotContaining("left");
    }
  }

  private static ByteWriter entry(long seq) {
    return new ByteWriter().varint(seq).varint(1);
  }

  @Test
  void readsTheLastPositionThereIs() throws Exception {
    byte[] bytes = entry(Limits.SEQ_MAX).u8(0).zigzag(0).varint(0).toByteArray();

    assertThat(Slice.parse(bytes).end()).isEqualTo(Limits.SIZE_MAX);
  }

  @Test
  void refusesToCutWhatItHasNot() {
    Slice slice = TestLogs.slice(5, TestLogs.anyEntries(new Random(14), 5, 5, 10));
    assertThatThrownBy(() -> slice.cut(4, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slice.cut(6, 11)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slice.cut(6, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slice.addTo(new SliceBuilder(6), 7, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SliceBuilder(6).build()).isInstanceOf(IllegalStateException.class);
  }
}
