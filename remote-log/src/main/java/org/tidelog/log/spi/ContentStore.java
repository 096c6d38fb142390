package org.tidelog.log.spi;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.multiformats.Cid;

/**
 * Content-addressed storage: blocks by the hash of their bytes. May be remote and slow, so machines
 * reach it by effects and a driver calls it. Implementations need not check what they return: the
 * driver does, against the CID.
 */
public interface ContentStore {
  /** What people call this place: a folder's path, a URL. */
  String describe();

  /**
   * The block as found, unchecked; empty where there is none. At most {@code bytesMax} bytes are
   * read: one more and it is an error.
   */
  Optional<byte[]> get(Cid cid, int bytesMax) throws IOException;

  /**
   * Stores a block durably; where the very same bytes are there already, writes nothing.
   *
   * @return the bytes written, 0 where the block was there
   */
  long put(Cid cid, byte[] block) throws IOException;

  /**
   * Stores several blocks, in fewer requests where that is possible.
   *
   * @return the bytes written for each, as {@link #put} tells them
   */
  default Map<Cid, Long> putAll(Map<Cid, byte[]> blocks) throws IOException {
    Map<Cid, Long> written = new LinkedHashMap<>();
    for (Map.Entry<Cid, byte[]> block : blocks.entrySet()) {
      written.put(block.getKey(), put(block.getKey(), block.getValue()));
    }
    return written;
  }

  /** Drops a block that nothing names any more; no error where there is none. */
  void remove(Cid cid) throws IOException;

  /**
   * Drops several blocks, in fewer requests where that is possible.
   *
   * @return those that are still there, because somebody else keeps them or they could not be
   *     dropped
   */
  default Set<Cid> removeAll(Collection<Cid> cids) throws IOException {
    Set<Cid> left = new LinkedHashSet<>();
    for (Cid cid : cids) {
      try {
        remove(cid);
      } catch (IOException e) {
        left.add(cid);
      }
    }
    return left;
  }
}
