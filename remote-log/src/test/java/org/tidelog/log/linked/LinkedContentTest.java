package org.tidelog.log.linked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;

class LinkedContentTest {
  private static final int CHUNK = LinkedContent.CHUNK_BYTES;
  private static final byte[] KEY = TestLogs.bytes(new Random(60), 32);

  private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();

  private LinkedContent write(byte[] content) throws IOException {
    LinkedWriter writer = new LinkedWriter(KEY, blocks::put);
    for (int at = 0; at < content.length; at += CHUNK) {
      int to = Math.min(content.length, at + CHUNK);
      writer.write(Arrays.copyOfRange(content, at, to), to == content.length);
    }
    return writer.finish();
  }

  private byte[] read(LinkedContent content) throws IOException, MalformedException {
    LinkedWalk walk = new LinkedWalk(content, this::block);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      Optional<byte[]> chunk = walk.next();
      if (!chunk.isPresent()) return out.toByteArray();
      out.write(chunk.get());
    }
  }

  private byte[] block(Cid cid) throws IOException {
    byte[] block = blocks.get(cid);
    if (block == null) throw new IOException("no block " + cid);
    return block;
  }

  @Test
  void comesBackAtAnyLength() throws Exception {
    for (int length : new int[] {1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 4 * CHUNK + 5}) {
      byte[] content = TestLogs.bytes(new Random(length), length);
      blocks.clear();

      LinkedContent linked = LinkedContent.parse(write(content).encode());

      assertThat(linked.size()).isEqualTo(length);
      assertThat(linked.levels()).isEqualTo(1);
      assertThat(read(linked)).isEqualTo(content);
      assertThat(blocks).hasSize((int) linked.chunks() + 1);
      blocks.forEach((cid, block) -> assertThat(cid.matches(block)).isTrue());
    }
  }

  @Test
  void hasAsManyLevelsAsItsLengthCallsFor() {
    assertThat(ofChunks(1024).levels()).isEqualTo(1);
    assertThat(ofChunks(1025).levels()).isEqualTo(2);
    assertThat(ofChunks(1 << 20).levels()).isEqualTo(2);
    assertThat(ofChunks((1 << 20) + 1).levels()).isEqualTo(3);
    assertThat(new LinkedContent(LinkedContent.SIZE_MAX, cid(0), KEY).levels()).isEqualTo(4);
  }

  private static LinkedContent ofChunks(long chunks) {
    return new LinkedContent(chunks * CHUNK, cid(0), KEY);
  }

  private static Cid cid(int of) {
    return Cid.sha256(Codec.RAW, new byte[] {(byte) of});
  }

  @Test
  void refusesChunksThatAreSwappedOrLeftOut() throws Exception {
    byte[] content = TestLogs.bytes(new Random(61), 3 * CHUNK);
    LinkedContent linked = write(content);
    List<Cid> chunks = LinkedContent.parseNode(block(linked.root()), 3);
    refuses(linked.size(), List.of(chunks.get(1), chunks.get(0), chunks.get(2)));
    refuses(linked.size(), List.of(chunks.get(0), chunks.get(2)));
    refuses(2L * CHUNK, List.of(chunks.get(0), chunks.get(1)));
    refuses(2L * CHUNK, List.of(chunks.get(0), chunks.get(2)));
    List<Cid> more = new ArrayList<>(chunks);
    more.add(chunks.get(2));
    refuses(linked.size(), more);
  }

  /** A hostile tree over good chunks. */
  private void refuses(long size, List<Cid> links) {
    byte[] node = LinkedContent.encodeNode(links);
    Cid root = Cid.sha256(Codec.DAG_CBOR, node);
    blocks.put(root, node);
    assertThatThrownBy(() -> read(new LinkedContent(size, root, KEY)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesANodeOfAnotherWidth() {
    byte[] node = LinkedContent.encodeNode(List.of(cid(0), cid(1)));

    for (int links : new int[] {0, 1, 3}) {
      assertThatThrownBy(() -> LinkedContent.parseNode(node, links))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesFieldsThatNobodyWrites() {
    byte[] more =
        DagCbor.encode(
            new Cbor.Mapping(
                new TreeMap<>(
                    Map.of(
                        "size",
                        Cbor.of(1),
                        "root",
                        new Cbor.Link(cid(0)),
                        "key",
                        new Cbor.Bytes(KEY),
                        "more",
                        Cbor.of(1)))));

    assertThatThrownBy(() -> LinkedContent.parse(more)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesOddLengthsAndKeys() {
    assertThatThrownBy(() -> new LinkedContent(0, cid(0), KEY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LinkedContent(1, cid(0), new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LinkedContent.parse(new byte[] {(byte) 0xa0}))
        .isInstanceOf(MalformedException.class);
    LinkedWriter writer = new LinkedWriter(KEY, blocks::put);
    assertThatThrownBy(() -> writer.write(new byte[5], false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.write(new byte[0], true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsItsKeyToItself() {
    assertThat(new LinkedContent(1, cid(0), KEY).toString()).doesNotContain(Hex.encode(KEY));
  }
}
