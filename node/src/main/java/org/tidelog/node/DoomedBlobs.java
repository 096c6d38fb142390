package org.tidelog.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.node.folder.FolderStore;
import org.tidelog.replicator.values.Values;

/**
 * Blocks in the home that no entry links to unless something still happens: those of a large
 * payload that is being stored, until its entry is committed, and those of one that was deleted,
 * until their files are gone. What a process that was killed has left of either is removed when the
 * home is opened next. Kept in the book under {@code doomed/CONTENT/BATCH}. Owned by whoever holds
 * the home's lock.
 */
final class DoomedBlobs {
  private static final String PREFIX = "doomed/";

  private static final int BATCH_BYTES = 16;

  private DoomedBlobs() {}

  /**
   * Names content without telling its key.
   *
   * @param key the 32 bytes it is encrypted with
   */
  private static String prefix(byte[] key) {
    Digest name = Sha256.hash(Sha256.tag("tidelog/doomed-blobs/1"), key);
    return PREFIX + name.hex().substring(0, 32) + "/";
  }

  /** These blocks are to go, unless {@link #spare} is committed first. */
  static void add(Core core, byte[] key, Collection<Cid> blocks) {
    if (blocks.isEmpty()) return;
    String prefix = prefix(key);
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    List<Cbor> links = new ArrayList<>();
    blocks.forEach(cid -> links.add(new Cbor.Link(cid)));
    map.put("blocks", new Cbor.Array(links));
    // By chance: a number counted up would come again once those before it were spared, and what is
    // still to be forgotten of an earlier sweep under it would take the new blocks along.
    String batch = Hex.encode(core.entropy.bytes(BATCH_BYTES));
    core.book.putValue(prefix + batch, DagCbor.encode(new Cbor.Mapping(map)));
  }

  /** The content's blocks are where they belong, or gone. */
  static void spare(Book book, byte[] key) {
    book.values(prefix(key)).keySet().forEach(book::removeValue);
  }

  /** Removes the files of the content's blocks that are to go. */
  static void remove(Book book, byte[] key, FolderStore blobs) throws IOException {
    for (Map.Entry<String, byte[]> batch : book.values(prefix(key)).entrySet()) {
      remove(batch, blobs);
    }
  }

  /**
   * Removes the files of all blocks that are to go: nobody is storing any while a home opens.
   * Writes nothing to the store, so that a home on a full disk opens.
   *
   * @return what is left to forget
   */
  static Set<String> sweep(Book book, FolderStore blobs) {
    Set<String> swept = new HashSet<>();
    for (Map.Entry<String, byte[]> batch : book.values(PREFIX).entrySet()) {
      try {
        remove(batch, blobs);
        swept.add(batch.getKey());
      } catch (IOException e) {
        // It is tried again when the home is opened next.
      }
    }
    return swept;
  }

  private static void remove(Map.Entry<String, byte[]> batch, FolderStore blobs)
      throws IOException {
    for (Cid cid : Values.decode(batch.getKey(), batch.getValue(), DoomedBlobs::parse)) {
      blobs.remove(cid);
    }
  }

  private static List<Cid> parse(byte[] bytes) throws MalformedException {
    List<Cid> blocks = new ArrayList<>();
    for (Cbor block : DagCbor.decode(bytes).asMap().field("blocks").asArray()) {
      blocks.add(block.asLink());
    }
    return blocks;
  }
}
