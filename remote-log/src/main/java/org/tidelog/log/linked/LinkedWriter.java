package org.tidelog.log.linked;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.crypto.seal.BlockSealer;

/**
 * Splits a stream of chunks into encrypted blocks and the nodes above them. Holds one node a level.
 * Owned by one thread.
 */
public final class LinkedWriter {
  private final byte[] key;
  private final BlockSealer sealer;
  private final Sink sink;
  private final List<List<Cid>> open = new ArrayList<>();
  private long chunks;
  private long size;

  /** Takes blocks as they are made. */
  @FunctionalInterface
  public interface Sink {
    void put(Cid cid, byte[] block) throws IOException;
  }

  /**
   * @param key 32 random bytes, for this content alone
   */
  public LinkedWriter(byte[] key, Sink sink) {
    this.key = key.clone();
    this.sealer = new BlockSealer(key);
    this.sink = sink;
  }

  /**
   * The next chunk: {@link LinkedContent#CHUNK_BYTES}, but for the last, which is of 1 byte or
   * more.
   */
  public void write(byte[] chunk, boolean last) throws IOException {
    boolean fits = last ? chunk.length > 0 : chunk.length == LinkedContent.CHUNK_BYTES;
    if (!fits || chunk.length > LinkedContent.CHUNK_BYTES) {
      throw new IllegalArgumentException("chunk: " + chunk.length + " bytes");
    }
    byte[] block = sealer.seal(chunks++, last, chunk);
    size += chunk.length;
    Cid cid = Cid.sha256(Codec.RAW, block);
    sink.put(cid, block);
    link(0, cid);
  }

  private void link(int level, Cid cid) throws IOException {
    if (open.size() == level) open.add(new ArrayList<>());
    List<Cid> node = open.get(level);
    if (node.size() == LinkedContent.FAN_OUT) {
      link(level + 1, close(node));
    }
    node.add(cid);
  }

  private Cid close(List<Cid> node) throws IOException {
    byte[] block = LinkedContent.encodeNode(node);
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    sink.put(cid, block);
    node.clear();
    return cid;
  }

  /** Closes the tree after the last chunk. */
  public LinkedContent finish() throws IOException {
    for (int level = 0; level < open.size() - 1; level++) {
      link(level + 1, close(open.get(level)));
    }
    return new LinkedContent(size, close(open.get(open.size() - 1)), key);
  }
}
