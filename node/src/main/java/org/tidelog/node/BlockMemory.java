package org.tidelog.node;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.multiformats.Cid;

/**
 * The nearest layer: blocks that came from remote ones, checked against their hashes, for as long
 * as the home is open and there is room. What was not used for longest goes first. Safe for several
 * threads.
 */
final class BlockMemory {
  /** What it is called where layers are listed. */
  static final String NAME = "memory";

  /** Eight of the largest pages. */
  static final long BYTES_MAX = 8L << 20;

  private static final float LOAD = 0.75f;

  private final long bytesMax;
  private final Map<Cid, byte[]> blocks = new LinkedHashMap<>(16, LOAD, true);
  private long bytes;

  BlockMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Callers leave the bytes as they are. */
  synchronized Optional<byte[]> get(Cid cid, int blockBytesMax) {
    return Optional.ofNullable(blocks.get(cid)).filter(block -> block.length <= blockBytesMax);
  }

  /**
   * @param block whose hash is the CID's
   */
  synchronized void put(Cid cid, byte[] block) {
    if (block.length > bytesMax || blocks.putIfAbsent(cid, block) != null) return;
    bytes += block.length;
    Iterator<byte[]> oldest = blocks.values().iterator();
    while (bytes > bytesMax) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }
}
