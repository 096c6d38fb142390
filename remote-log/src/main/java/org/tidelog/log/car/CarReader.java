package org.tidelog.log.car;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.crypto.multiformats.Varint;
import org.tidelog.log.entry.Limits;

/**
 * Reads a CAR file from its beginning to its end, one block in memory at a time, and lets no block
 * pass whose bytes are not those its name says. Strict: what does not end with a block, is padded,
 * or has a block over {@link #BLOCK_BYTES_MAX}, of a codec that no log has, or named by anything
 * but its SHA-256, is refused. Owned by one thread.
 */
public final class CarReader {
  /** What a page may have; nothing of a log is larger. */
  public static final int BLOCK_BYTES_MAX = Limits.PAGE_BYTES_MAX;

  private static final int VARINT_LAST_SHIFT = 7 * (Varint.LENGTH_MAX - 1);

  private final InputStream in;
  private final CarHeader header;
  private long at;

  /**
   * Reads the header. The stream should be buffered, and stays the caller's to close.
   *
   * @throws MalformedException if this is no CAR file of version 1
   */
  public CarReader(InputStream in) throws IOException, MalformedException {
    this.in = in;
    long length = length("a CAR file's header", CarHeader.BYTES_MAX);
    if (length < 1) throw new MalformedException("no CAR file: it has no header");
    this.header = CarHeader.parse(bytes((int) length, "header"));
  }

  /**
   * A block as it stands in the file.
   *
   * @param offset of its first byte, behind its name
   */
  public record Section(long offset, Cid cid, byte[] block) {}

  public CarHeader header() {
    return header;
  }

  /** Bytes read so far. */
  public long position() {
    return at;
  }

  /**
   * The next block, its hash checked; empty at the end of the file.
   *
   * @throws MalformedException if its bytes are others than its name says, or the file is cut short
   *     or no CAR file from here on
   */
  public Optional<Section> next() throws IOException, MalformedException {
    long start = at;
    long length = length("section", Cid.BYTES_MAX + BLOCK_BYTES_MAX);
    if (length < 0) return Optional.empty();
    if (length == 0) throw new MalformedException("section of 0 bytes at " + start);
    byte[] section = bytes((int) length, "section");
    ByteReader cursor = new ByteReader(section);
    Cid cid = cid(cursor, start);
    if (cursor.remaining() > BLOCK_BYTES_MAX) {
      throw new MalformedException("block of " + cursor.remaining() + " bytes at " + start);
    }
    byte[] block = cursor.bytes(cursor.remaining());
    if (!cid.matches(block)) {
      throw new MalformedException(
          "block " + cid.text() + " at " + start + ": its bytes are not those its name says");
    }
    return Optional.of(new Section(at - block.length, cid, block));
  }

  private static Cid cid(ByteReader cursor, long start) throws MalformedException {
    try {
      Cid cid = Cid.read(cursor);
      if (cid.isIdentity()) throw new MalformedException("block that is its own name");
      if (cid.isCodec(Codec.DAG_CBOR) || cid.isCodec(Codec.RAW)) return cid;
      throw new MalformedException("block of a codec that no log has, " + cid.codec());
    } catch (MalformedException e) {
      throw new MalformedException("section at " + start + ": " + e.getMessage(), e);
    }
  }

  /** A length that what follows must have; -1 where the file ends instead. */
  private long length(String what, int max) throws IOException, MalformedException {
    long start = at;
    long value = 0;
    for (int shift = 0; shift <= VARINT_LAST_SHIFT; shift += 7) {
      int b = in.read();
      if (b < 0 && shift == 0) return -1;
      if (b < 0) throw new MalformedException("file cut short in a length at " + start);
      at++;
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) throw new MalformedException("padded length at " + start);
        if (value > max) {
          throw new MalformedException(what + " of " + value + " bytes at " + start);
        }
        return value;
      }
    }
    throw new MalformedException("length at " + start + " is over 63 bits");
  }

  private byte[] bytes(int length, String what) throws IOException, MalformedException {
    byte[] bytes = new byte[length]; // At most a block and its name.
    int done = 0;
    while (done < length) {
      int count = in.read(bytes, done, length - done);
      if (count < 0) {
        throw new MalformedException(
            "file cut short: " + what + " at " + at + " has " + done + " of " + length + " bytes");
      }
      done += count;
    }
    at += length;
    return bytes;
  }
}
