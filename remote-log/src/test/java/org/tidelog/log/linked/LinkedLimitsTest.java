package org.tidelog.log.linked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.crypto.seal.BlockSealer;

/** A large payload is as long, as wide and as deep as its entry says, and not a byte more. */
final class LinkedLimitsTest {
  private static final int CHUNK = LinkedContent.CHUNK_BYTES;
  private static final byte[] KEY = new byte[32];
  private static final Cid ANY = Cid.sha256(Codec.RAW, new byte[1]);

  private final Map<Cid, byte[]> blocks = new HashMap<>();
  private final List<Cid> asked = new ArrayList<>();

  private Cid node(List<Cid> links) {
    byte[] block = LinkedContent.encodeNode(links);
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    blocks.put(cid, block);
    return cid;
  }

  private Cid chunk(long index, boolean last, int length) {
    byte[] block = new BlockSealer(KEY).seal(index, last, new byte[length]);
    Cid cid = Cid.sha256(Codec.RAW, block);
    blocks.put(cid, block);
    return cid;
  }

  private LinkedWalk walk(long size, Cid root) {
    return new LinkedWalk(
        new LinkedContent(size, root, KEY),
        cid -> {
          asked.add(cid);
          return Objects.requireNonNull(blocks.get(cid), cid.text());
        });
  }

  private static byte[] encoded(long size, int keyBytes) {
    Map<String, Cbor> fields =
        Map.of(
            "size",
            Cbor.of(size),
            "root",
            new Cbor.Link(ANY),
            "key",
            new Cbor.Bytes(new byte[keyBytes]));
    TreeMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.putAll(fields);
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  @Test
  void readsSizesUpToTheBound() throws Exception {
    for (long size : new long[] {1, LinkedContent.SIZE_MAX}) {
      LinkedContent read = LinkedContent.parse(encoded(size, 32));
      assertThat(read.size()).isEqualTo(size);
      assertThat(read.encode()).isEqualTo(encoded(size, 32));
    }
    for (byte[] odd :
        List.of(
            encoded(0, 32),
            encoded(LinkedContent.SIZE_MAX + 1, 32),
            encoded(1, 31),
            encoded(1, 33))) {
      assertThatThrownBy(() -> LinkedContent.parse(odd)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> new LinkedContent(LinkedContent.SIZE_MAX + 1, ANY, KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsItsOwnCopyOfTheKey() {
    byte[] key = new byte[32];
    LinkedContent content = new LinkedContent(1, ANY, key);
    key[0] = 1;
    content.key()[1] = 1;

    assertThat(content.key()).isEqualTo(new byte[32]);
    assertThat(content).hasToString("linked content of 1 bytes, root " + ANY.text());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "262144, 1", "262145, 2", "524288, 2", "524289, 3"})
  void hasAChunkForEveryQuarterMebibyteBegun(long size, long chunks) {
    assertThat(new LinkedContent(size, ANY, KEY).chunks()).isEqualTo(chunks);
  }

  /** What is sealed right, with the key and at its index, may still be of another length. */
  @Test
  void refusesChunksOfAnotherLength() throws Exception {
    Cid whole = chunk(0, false, CHUNK);
    LinkedWalk good = walk(CHUNK + 7L, node(List.of(whole, chunk(1, true, 7))));
    assertThat(good.next().orElseThrow()).hasSize(CHUNK);
    assertThat(good.next().orElseThrow()).hasSize(7);
    assertThat(good.next()).isEmpty();

    for (int length : new int[] {6, 8}) {
      LinkedWalk walk = walk(CHUNK + 7L, node(List.of(whole, chunk(1, true, length))));
      assertThat(walk.next()).isPresent();
      assertThatThrownBy(walk::next)
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("chunk 1 of linked content of 262151 bytes");
    }
    LinkedWalk short0 =
        walk(CHUNK + 7L, node(List.of(chunk(0, false, CHUNK - 1), chunk(1, true, 8))));
    assertThatThrownBy(short0::next).isInstanceOf(MalformedException.class);
    LinkedWalk notLast = walk(7, node(List.of(chunk(0, false, 7))));
    assertThatThrownBy(notLast::next).isInstanceOf(MalformedException.class);
  }

  @Test
  void asksForNodesBeforeWhatIsBelowThem() throws Exception {
    Cid first = chunk(0, false, CHUNK);
    List<Cid> links = new ArrayList<>(Collections.nCopies(LinkedContent.FAN_OUT, ANY));
    links.set(0, first);
    Cid full = node(links);
    Cid root = node(List.of(full, node(List.of(ANY))));

    assertThat(walk((LinkedContent.FAN_OUT + 1L) * CHUNK, root).next().orElseThrow())
        .hasSize(CHUNK);
    assertThat(asked).containsExactly(root, full, first);
  }

  /** 1,025 chunks: a root of two, a node of 1,024 and a node of one. */
  @Test
  void refusesNodesOfAnotherWidthAtEveryLevel() {
    long size = (LinkedContent.FAN_OUT + 1L) * CHUNK;
    Cid one = node(List.of(ANY));
    Cid almost = node(Collections.nCopies(LinkedContent.FAN_OUT - 1, ANY));
    Cid over = node(Collections.nCopies(LinkedContent.FAN_OUT + 1, ANY));

    refuses(size, node(List.of(almost, one)), "node of 1023 links, not 1024");
    refuses(size, node(List.of(over, one)), "node of 1025 links, not 1024");
    refuses(size, one, "node of 1 links, not 2");
    refuses(size + LinkedContent.FAN_OUT * (long) CHUNK, node(List.of(one, one)), "2 links, not 3");
  }

  private void refuses(long size, Cid root, String why) {
    assertThatThrownBy(() -> walk(size, root).next())
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void writesChunksOfTheLengthThereIs() throws Exception {
    LinkedWriter writer = new LinkedWriter(KEY, blocks::put);
    for (int odd : new int[] {CHUNK - 1, CHUNK + 1}) {
      assertThatThrownBy(() -> writer.write(new byte[odd], false))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> writer.write(new byte[CHUNK + 1], true))
        .isInstanceOf(IllegalArgumentException.class);
    writer.write(new byte[CHUNK], false);
    writer.write(new byte[CHUNK], true);

    assertThat(writer.finish().size()).isEqualTo(2L * CHUNK);
  }

  @Test
  void tellsWhereASinkFails() {
    LinkedWriter writer =
        new LinkedWriter(
            KEY,
            (cid, block) -> {
              throw new IOException("full");
            });

    assertThatThrownBy(() -> writer.write(new byte[1], true)).hasMessage("full");
  }
}
