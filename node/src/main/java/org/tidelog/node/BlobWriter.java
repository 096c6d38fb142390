package org.tidelog.node;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.node.folder.FolderStore;

/**
 * Writes the blocks of a large payload to the home, and remembers before that they are to go unless
 * their entry is committed. Owned by one thread, which need not hold the home's lock.
 */
final class BlobWriter {
  /** So many blocks, 4 MiB of them, are remembered by one commit. */
  private static final int BATCH_BLOCKS = 16;

  private final Core core;
  private final FolderStore blobs;
  private final byte[] key;
  private final Map<Cid, byte[]> batch = new LinkedHashMap<>();

  BlobWriter(Core core, FolderStore blobs, byte[] key) {
    this.core = core;
    this.blobs = blobs;
    this.key = key;
  }

  void put(Cid cid, byte[] block) throws IOException {
    batch.put(cid, block);
    if (batch.size() == BATCH_BLOCKS) flush();
  }

  void flush() throws IOException {
    core.locked(
        () -> {
          DoomedBlobs.add(core, key, batch.keySet());
          core.book.commit();
        });
    for (Map.Entry<Cid, byte[]> block : batch.entrySet()) {
      blobs.put(block.getKey(), block.getValue());
    }
    batch.clear();
  }

  /** Removes what was written, as far as that can be done now. */
  void giveUp() {
    try {
      core.locked(() -> removeWritten());
    } catch (RuntimeException e) {
      // The store failed before; opening the home anew removes the rest.
    }
  }

  private void removeWritten() {
    try {
      DoomedBlobs.remove(core.book, key, blobs);
      DoomedBlobs.spare(core.book, key);
      core.book.commit();
    } catch (IOException e) {
      // As above.
    }
  }
}
