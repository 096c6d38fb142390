package org.tidelog.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.tidelog.crypto.seal.BlockSealer;

/**
 * Seals a stream in chunks of a fixed size, the last of which may be shorter and says that it is
 * the last. Holds one chunk. Owned by one thread.
 */
final class SealedWriter {
  /** Plain bytes of a chunk. */
  static final int CHUNK_BYTES = 64 * 1024;

  private final OutputStream out;
  private final BlockSealer sealer;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int filled;
  private long index;
  private boolean finished;

  SealedWriter(OutputStream out, byte[] key) {
    this.out = out;
    this.sealer = new BlockSealer(key);
  }

  void write(byte[] bytes) throws IOException {
    if (finished) throw new IllegalStateException("finished");
    int at = 0;
    while (at < bytes.length) {
      // A full chunk waits until more comes: it may be the last.
      if (filled == CHUNK_BYTES) flush(false);
      int count = Math.min(bytes.length - at, CHUNK_BYTES - filled);
      System.arraycopy(bytes, at, chunk, filled, count);
      filled += count;
      at += count;
    }
  }

  /** Seals what is left as the last chunk. Without this the stream is one that was cut short. */
  void finish() throws IOException {
    if (finished || filled == 0) throw new IllegalStateException("finish: " + filled);
    flush(true);
    finished = true;
  }

  private void flush(boolean last) throws IOException {
    byte[] plain = filled == CHUNK_BYTES ? chunk : Arrays.copyOf(chunk, filled);
    out.write(sealer.seal(index++, last, plain));
    filled = 0;
  }
}
