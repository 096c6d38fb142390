package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

/** Bounded by bytes; what was used last stays. */
class BlockMemoryTest {
  private static final int BLOCK_BYTES = 10;

  private final BlockMemory memory = new BlockMemory(3 * BLOCK_BYTES);

  private static byte[] block(int which) {
    byte[] block = new byte[BLOCK_BYTES];
    block[0] = (byte) which;
    return block;
  }

  private static Cid cid(int which) {
    return Cid.sha256(Codec.RAW, block(which));
  }

  private boolean has(int which) {
    return memory.get(cid(which), BLOCK_BYTES).isPresent();
  }

  private void put(int which) {
    memory.put(cid(which), block(which));
  }

  @Test
  void dropsWhatWasNotUsedForLongest() {
    put(1);
    put(2);
    put(3);
    put(3);
    assertThat(has(1)).isTrue();

    put(4);

    assertThat(has(2)).isFalse();
    assertThat(has(1) && has(3) && has(4)).isTrue();
  }

  @Test
  void keepsNothingThatIsLargerThanAllOfIt() {
    put(1);
    byte[] large = new byte[3 * BLOCK_BYTES + 1];
    memory.put(Cid.sha256(Codec.RAW, large), large);

    assertThat(memory.get(Cid.sha256(Codec.RAW, large), large.length)).isEmpty();
    assertThat(has(1)).isTrue();
  }

  @Test
  void handsOutNothingOverWhatWasAskedFor() {
    put(1);

    assertThat(memory.get(cid(1), BLOCK_BYTES - 1)).isEmpty();
  }
}
