package org.tidelog.node.car;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

class BlockOffsetsTest {
  private static Cid cid(long number) {
    return Cid.sha256(Codec.RAW, new ByteWriter().varint(number).toByteArray());
  }

  @Test
  void findsEachBlockWhereItWasFirst() {
    BlockOffsets offsets = new BlockOffsets();
    for (int i = 0; i < 5_000; i++) {
      assertThat(offsets.add(cid(i), i * 10L, i)).isTrue();
      assertThat(offsets.add(cid(i / 2), 7, 7)).isTrue();
    }

    assertThat(offsets.size()).isEqualTo(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(offsets.find(cid(i))).contains(new BlockOffsets.Place(i * 10L, i));
    }
    assertThat(offsets.find(cid(5_000))).isEmpty();
  }

  @Test
  void takesNoMoreRoomForARepeatedBlock() {
    BlockOffsets offsets = new BlockOffsets();
    Cid cid = cid(1);

    for (int i = 0; i < 300_000; i++) offsets.add(cid, i, 1);

    assertThat(offsets.size()).isEqualTo(1);
  }
}
