package org.tidelog.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.log.linked.LinkedWalk;

/** The chunks of a large payload, one after the other, decrypted and checked. One thread. */
final class LinkedStream extends InputStream {
  private final LinkedWalk walk;
  private byte[] chunk = new byte[0];
  private int at;

  LinkedStream(LinkedWalk walk) {
    this.walk = walk;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!fill()) return -1;
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (at < chunk.length) return true;
    try {
      Optional<byte[]> next = walk.next();
      chunk = next.orElseGet(() -> new byte[0]);
      at = 0;
      return next.isPresent();
    } catch (MalformedException e) {
      throw new IOException("damaged payload: " + e.getMessage(), e);
    }
  }
}
