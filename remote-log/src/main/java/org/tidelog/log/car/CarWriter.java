package org.tidelog.log.car;

import java.io.IOException;
import java.io.OutputStream;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;

/** Writes a CAR file to a stream, which stays the caller's to close. Owned by one thread. */
public final class CarWriter {
  private final OutputStream out;
  private final ByteWriter prefix = new ByteWriter();
  private long written;

  public CarWriter(OutputStream out, CarHeader header) throws IOException {
    this.out = out;
    byte[] bytes = header.encode();
    out.write(bytes);
    written = bytes.length;
  }

  /**
   * Writes a block. The same one twice does no harm and takes space twice.
   *
   * @throws IllegalArgumentException over {@link CarReader#BLOCK_BYTES_MAX} bytes
   */
  public void put(Cid cid, byte[] block) throws IOException {
    if (block.length > CarReader.BLOCK_BYTES_MAX) {
      throw new IllegalArgumentException("block: " + block.length + " bytes");
    }
    byte[] name = cid.bytes();
    prefix.reset().varint((long) name.length + block.length).bytes(name);
    out.write(prefix.array(), 0, prefix.size());
    out.write(block);
    written += prefix.size() + block.length;
  }

  /** Bytes written, the header's too. */
  public long written() {
    return written;
  }
}
