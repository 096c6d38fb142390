package org.tidelog.log.memory;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.spi.ContentStore;

/** Blocks in memory. Used by one thread at a time. */
public final class MemoryContentStore implements ContentStore {
  private final SortedMap<Cid, byte[]> blocks = new TreeMap<>();

  @Override
  public String describe() {
    return "memory";
  }

  /** The names of all blocks, ascending. */
  public List<Cid> cids() {
    return List.copyOf(blocks.keySet());
  }

  @Override
  public Optional<byte[]> get(Cid cid, int bytesMax) throws IOException {
    byte @Nullable [] block = blocks.get(cid);
    if (block == null) return Optional.empty();
    if (block.length > bytesMax) {
      throw new IOException("block " + cid.text() + ": over " + bytesMax + " bytes");
    }
    return Optional.of(block.clone());
  }

  @Override
  public long put(Cid cid, byte[] block) {
    byte @Nullable [] before = blocks.put(cid, block.clone());
    return before != null && Arrays.equals(before, block) ? 0 : block.length;
  }

  @Override
  public void remove(Cid cid) {
    blocks.remove(cid);
  }
}
