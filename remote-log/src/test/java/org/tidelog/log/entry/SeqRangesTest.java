package org.tidelog.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteWriter;

class SeqRangesTest {
  private static final int RANGES_MAX = 100;
  private static final int UNIVERSE = 200;

  @Test
  void areTheSetOfTheirPositions() throws Exception {
    Random random = new Random(15);
    for (int round = 0; round < 500; round++) {
      BitSet bits = new BitSet();
      List<SeqRange> any = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        int from = random.nextInt(UNIVERSE);
        int to = from + 1 + random.nextInt(UNIVERSE / 10);
        any.add(new SeqRange(from, to));
        bits.set(from, to);
      }
      SeqRanges ranges = SeqRanges.of(any);

      assertThat(ranges.count()).isEqualTo(bits.cardinality());
      assertThat(ranges.end()).isEqualTo(bits.length());
      for (int seq = 0; seq < UNIVERSE + 30; seq++) {
        assertThat(ranges.contains(seq)).isEqualTo(bits.get(seq));
      }
      assertThat(SeqRanges.parse(ranges.encode(), RANGES_MAX)).isEqualTo(ranges);
      complementIsTheRest(ranges, random);
    }
  }

  private static void complementIsTheRest(SeqRanges ranges, Random random) {
    int from = random.nextInt(UNIVERSE);
    SeqRange window = new SeqRange(from, from + 1 + random.nextInt(UNIVERSE));
    SeqRanges within = SeqRanges.of(ranges.within(window));
    SeqRanges gaps = SeqRanges.of(ranges.gapsWithin(window));

    assertThat(within.count() + gaps.count()).isEqualTo(window.length());
    assertThat(within.with(gaps).ranges()).containsExactly(window);
    assertThat(ranges.containsAll(window)).isEqualTo(gaps.isEmpty());
  }

  @Test
  void refusesBytesThatNobodyWrites() {
    malformed(new ByteWriter().varint(0).varint(0)); // Nothing in it.
    malformed(new ByteWriter().varint(0).varint(1).varint(0).varint(1)); // Adjacent.
    malformed(new ByteWriter().varint(0));
    malformed(new ByteWriter().varint(Limits.SIZE_MAX).varint(1));
    malformed(new ByteWriter().varint(1).varint(Limits.SIZE_MAX));
    malformed(new ByteWriter().varint(Long.MAX_VALUE).varint(Long.MAX_VALUE));
    ByteWriter many = new ByteWriter();
    for (int i = 0; i <= RANGES_MAX; i++) many.varint(1).varint(1);
    malformed(many);
  }

  private static void malformed(ByteWriter bytes) {
    assertThatThrownBy(() -> SeqRanges.parse(bytes.toByteArray(), RANGES_MAX))
        .isInstanceOf(MalformedException.class);
  }
}
