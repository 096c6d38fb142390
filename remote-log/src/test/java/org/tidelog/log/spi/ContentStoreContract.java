package org.tidelog.log.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

/** What every {@link ContentStore} does. An adapter's test extends this. */
public abstract class ContentStoreContract {
  protected static final byte[] BLOCK = {1, 2, 3, 4, 5};
  protected static final Cid CID = Cid.sha256(Codec.RAW, BLOCK);

  protected ContentStore blocks;

  /** A new store with nothing in it. */
  protected abstract ContentStore create() throws Exception;

  @BeforeEach
  final void createStore() throws Exception {
    blocks = create();
  }

  @Test
  void findsNothingWhereNothingIs() throws Exception {
    assertThat(blocks.get(CID, 100)).isEmpty();
    blocks.remove(CID);
    assertThat(blocks.describe()).isNotEmpty();
  }

  @Test
  void givesBackABlock() throws Exception {
    assertThat(blocks.put(CID, BLOCK)).isEqualTo(5);

    assertThat(blocks.get(CID, 5)).hasValueSatisfying(b -> assertThat(b).isEqualTo(BLOCK));
  }

  @Test
  void keepsAnEmptyBlock() throws Exception {
    Cid empty = Cid.sha256(Codec.RAW, new byte[0]);

    blocks.put(empty, new byte[0]);

    assertThat(blocks.get(empty, 0)).hasValueSatisfying(b -> assertThat(b).isEmpty());
  }

  @Test
  void keepsALargeBlock() throws Exception {
    byte[] large = new byte[1024 * 1024];
    large[77] = 1;
    Cid cid = Cid.sha256(Codec.RAW, large);

    assertThat(blocks.put(cid, large)).isEqualTo(large.length);
    assertThat(blocks.get(cid, large.length))
        .hasValueSatisfying(b -> assertThat(b).isEqualTo(large));
  }

  @Test
  void writesABlockOnce() throws Exception {
    blocks.put(CID, BLOCK);

    assertThat(blocks.put(CID, BLOCK)).isZero();
  }

  /** Makes the store hold other bytes under the block's name, where that can be. */
  protected void damage() throws Exception {
    blocks.put(CID, new byte[] {9});
  }

  @Test
  void heals() throws Exception {
    damage();

    assertThat(blocks.put(CID, BLOCK)).isEqualTo(5);
    assertThat(blocks.get(CID, 5)).hasValueSatisfying(b -> assertThat(b).isEqualTo(BLOCK));
  }

  @Test
  void refusesABlockThatIsOverTheBound() throws Exception {
    blocks.put(CID, BLOCK);

    assertThatThrownBy(() -> blocks.get(CID, 4)).isInstanceOf(IOException.class);
  }

  @Test
  void removesABlock() throws Exception {
    blocks.put(CID, BLOCK);

    blocks.remove(CID);

    assertThat(blocks.get(CID, 100)).isEmpty();
    assertThat(blocks.put(CID, BLOCK)).isEqualTo(5);
  }

  @Test
  void storesAndRemovesSeveralAtOnce() throws Exception {
    Map<Cid, byte[]> several = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      byte[] block = {7, (byte) i};
      several.put(Cid.sha256(Codec.RAW, block), block);
    }

    assertThat(blocks.putAll(several)).hasSize(20).containsValue(2L);
    for (Map.Entry<Cid, byte[]> block : several.entrySet()) {
      assertThat(blocks.get(block.getKey(), 2))
          .hasValueSatisfying(found -> assertThat(found).isEqualTo(block.getValue()));
    }
    assertThat(blocks.removeAll(several.keySet())).isEmpty();
    assertThat(blocks.get(several.keySet().iterator().next(), 2)).isEmpty();
    assertThat(blocks.putAll(Map.of())).isEmpty();
  }

  /** Whether the same bytes under another codec are another block; IPFS stores them by hash. */
  protected boolean tellsCodecsApart() {
    return true;
  }

  @Test
  void tellsCodecsApartWhereItCan() throws Exception {
    assumeTrue(tellsCodecsApart(), "it does not");
    blocks.put(CID, BLOCK);

    assertThat(blocks.get(Cid.sha256(Codec.DAG_CBOR, BLOCK), 100)).isEmpty();
  }
}
