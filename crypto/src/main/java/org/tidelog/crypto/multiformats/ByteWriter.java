package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.Digest;

/**
 * A growing buffer that writes what {@link ByteReader} reads. Kept and {@link #reset} where bytes
 * are made often. Not thread-safe.
 */
public final class ByteWriter {
  private static final int CAPACITY_FIRST = 64;
  private static final long U32_MAX = 0xffff_ffffL;
  private static final long ZIGZAG_MAX = (1L << 62) - 1;

  private byte[] buffer = new byte[CAPACITY_FIRST];
  private int size;

  /** One byte, 0 to 255. */
  public ByteWriter u8(int value) {
    if (value < 0 || value > 0xff) throw new IllegalArgumentException("u8: " + value);
    reserve(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** 0 to 2^63-1 in 1 to 9 bytes. */
  public ByteWriter varint(long value) {
    reserve(Varint.LENGTH_MAX);
    size = Varint.write(value, buffer, size);
    return this;
  }

  /**
   * -2^62 to 2^62-1, folded so that values near zero are short: 0, -1, 1, -2, 2 become 0, 1, 2, 3,
   * 4.
   */
  public ByteWriter zigzag(long value) {
    if (value > ZIGZAG_MAX || value < -ZIGZAG_MAX - 1) {
      throw new IllegalArgumentException("zigzag: " + value);
    }
    return varint((value << 1) ^ (value >> 63));
  }

  /** Four bytes, big-endian, 0 to 2^32-1. */
  public ByteWriter u32(long value) {
    if (value < 0 || value > U32_MAX) throw new IllegalArgumentException("u32: " + value);
    return bigEndian(value, Integer.BYTES);
  }

  /** Eight bytes, big-endian, 0 to 2^63-1. */
  public ByteWriter u64(long value) {
    if (value < 0) throw new IllegalArgumentException("u64: " + value);
    return bigEndian(value, Long.BYTES);
  }

  public ByteWriter bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  public ByteWriter bytes(byte[] bytes, int from, int length) {
    reserve(length);
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
    return this;
  }

  public ByteWriter digest(Digest digest) {
    reserve(Digest.LENGTH);
    digest.copyTo(buffer, size);
    size += Digest.LENGTH;
    return this;
  }

  /** Bytes written since the beginning or the last {@link #reset}. */
  public int size() {
    return size;
  }

  /**
   * The buffer itself, of which the first {@link #size} bytes count: for hashing without a copy. It
   * is this writer's until the next call that writes, and must not be changed.
   */
  public byte[] array() {
    return buffer;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Begins again in the same buffer. */
  public ByteWriter reset() {
    size = 0;
    return this;
  }

  private ByteWriter bigEndian(long value, int width) {
    reserve(width);
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int count) {
    long needed = (long) size + count;
    if (needed <= buffer.length) return;
    if (needed > Integer.MAX_VALUE) throw new IllegalStateException("over 2 GiB written");
    long doubled = Math.max(needed, 2L * buffer.length);
    buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, Integer.MAX_VALUE));
  }
}
