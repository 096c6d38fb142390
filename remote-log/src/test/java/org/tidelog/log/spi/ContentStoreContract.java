package org.tidelog.log.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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

  @Test
  void heals() throws Exception {
    blocks.put(CID, new byte[] {9});

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
  void tellsCodecsApart() throws Exception {
    blocks.put(CID, BLOCK);

    assertThat(blocks.get(Cid.sha256(Codec.DAG_CBOR, BLOCK), 100)).isEmpty();
  }
}
