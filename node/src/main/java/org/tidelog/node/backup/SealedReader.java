package org.tidelog.node.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.seal.BlockSealer;

/**
 * Opens what {@link SealedWriter} has sealed. Which chunk is the last follows from the length, so a
 * stream that was cut or has grown does not open at its end. Holds one chunk, gives no byte of one
 * that does not open, and allocates by no length that is not there. Owned by one thread.
 */
final class SealedReader implements Closeable {
  private static final int SEALED_BYTES = SealedWriter.CHUNK_BYTES + BlockSealer.OVERHEAD;
  private static final int VARINT_BYTES_MAX = 9;

  private final InputStream in;
  private final BlockSealer sealer;
  private final long chunks;
  private final long length;
  private byte[] chunk = {};
  private int at;
  private long index;
  private long read;

  /**
   * @param in stands at the first chunk, and is closed with this
   * @param sealedLength bytes of all chunks as they are in the file
   */
  SealedReader(InputStream in, byte[] key, long sealedLength) throws MalformedException {
    this.in = in;
    this.sealer = new BlockSealer(key);
    this.chunks = (sealedLength + SEALED_BYTES - 1) / SEALED_BYTES;
    this.length = sealedLength - chunks * BlockSealer.OVERHEAD;
    long last = sealedLength - (chunks - 1) * SEALED_BYTES;
    if (chunks == 0 || last <= BlockSealer.OVERHEAD) throw cut();
  }

  private static MalformedException cut() {
    return new MalformedException("it is cut short");
  }

  /** Plain bytes not yet read. */
  long remaining() {
    return length - read;
  }

  int u8() throws IOException, MalformedException {
    need(1);
    read++;
    return chunk[at++] & 0xff;
  }

  /** 0 to 2^63-1; refuses all but the shortest form. */
  long varint() throws IOException, MalformedException {
    byte[] bytes = new byte[VARINT_BYTES_MAX];
    int count = 0;
    do {
      if (count == VARINT_BYTES_MAX) throw new MalformedException("a number over 63 bits");
      bytes[count++] = (byte) u8();
    } while (bytes[count - 1] < 0);
    return new ByteReader(bytes, 0, count).varint();
  }

  /** The next bytes; whoever asks has bounded the count. */
  byte[] bytes(int count) throws IOException, MalformedException {
    if (count > remaining()) throw cut();
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      need(1);
      int part = Math.min(count - done, chunk.length - at);
      System.arraycopy(chunk, at, bytes, done, part);
      at += part;
      done += part;
      read += part;
    }
    return bytes;
  }

  private void need(int count) throws IOException, MalformedException {
    if (remaining() < count) throw cut();
    if (at < chunk.length) return;
    byte[] sealed = sealedChunk();
    boolean last = index == chunks - 1;
    chunk =
        sealer
            .open(index, last, sealed)
            .orElseThrow(() -> new MalformedException("it was altered or cut short"));
    index++;
    at = 0;
    if (last && in.read() >= 0) throw new MalformedException("there is more behind its end");
  }

  private byte[] sealedChunk() throws IOException, MalformedException {
    int size = (int) Math.min(SEALED_BYTES, sealedBytesLeft());
    byte[] sealed = new byte[size];
    int done = 0;
    while (done < size) {
      int count = in.read(sealed, done, size - done);
      if (count < 0) throw cut();
      done += count;
    }
    return sealed;
  }

  private long sealedBytesLeft() {
    return length + chunks * BlockSealer.OVERHEAD - index * SEALED_BYTES;
  }

  @Override
  public void close() throws IOException {
    Arrays.fill(chunk, (byte) 0);
    in.close();
  }
}
