package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;

/**
 * A cursor over bytes that somebody else wrote. Never reads past its end, never allocates more than
 * is there, and says what was being read at which position when it cannot. Reads the caller's array
 * without copying it: the array must not change meanwhile. Not thread-safe.
 */
public final class ByteReader {
  private static final int VARINT_LAST_SHIFT = 7 * (Varint.LENGTH_MAX - 1);

  private final byte[] source;
  private final int to;
  private int at;

  public ByteReader(byte[] source) {
    this(source, 0, source.length);
  }

  /** Reads {@code [from, to)}. */
  public ByteReader(byte[] source, int from, int to) {
    if (from < 0 || from > to || to > source.length) {
      throw new IllegalArgumentException("range: [" + from + ", " + to + ") of " + source.length);
    }
    this.source = source;
    this.at = from;
    this.to = to;
  }

  /** Bytes not yet read. */
  public int remaining() {
    return to - at;
  }

  /** Index into the array of the byte that comes next. */
  public int position() {
    return at;
  }

  /** 0 to 255. */
  public int u8() throws MalformedException {
    need(1, "byte");
    return source[at++] & 0xff;
  }

  /** 0 to 2^63-1; refuses all but the shortest form. */
  public long varint() throws MalformedException {
    int start = at;
    long value = 0;
    for (int shift = 0; shift <= VARINT_LAST_SHIFT; shift += 7) {
      if (at == to) throw new MalformedException("varint at " + start + " is cut short");
      int b = source[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        if (b == 0 && shift > 0) throw new MalformedException("varint at " + start + " is padded");
        return value;
      }
    }
    throw new MalformedException("varint at " + start + " is over 63 bits");
  }

  /** A signed value as {@link ByteWriter#zigzag} writes it, -2^62 to 2^62-1. */
  public long zigzag() throws MalformedException {
    long folded = varint();
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** Four bytes, big-endian, 0 to 2^32-1. */
  public long u32() throws MalformedException {
    need(Integer.BYTES, "32-bit number");
    return bigEndian(Integer.BYTES);
  }

  /** Eight bytes, big-endian, 0 to 2^63-1; refuses more. */
  public long u64() throws MalformedException {
    need(Long.BYTES, "64-bit number");
    long value = bigEndian(Long.BYTES);
    if (value < 0)
      throw new MalformedException("number at " + (at - Long.BYTES) + " is over 63 bits");
    return value;
  }

  /** A copy of the next {@code count} bytes. */
  public byte[] bytes(int count) throws MalformedException {
    need(count, "byte string");
    at += count;
    return Arrays.copyOfRange(source, at - count, at);
  }

  public Digest digest() throws MalformedException {
    need(Digest.LENGTH, "digest");
    at += Digest.LENGTH;
    return Digest.of(source, at - Digest.LENGTH);
  }

  public void skip(int count) throws MalformedException {
    need(count, "skipped part");
    at += count;
  }

  /** Refuses bytes after the end of what was to be read. */
  public void end() throws MalformedException {
    if (at != to) throw new MalformedException((to - at) + " bytes too many at " + at);
  }

  private long bigEndian(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (source[at++] & 0xff);
    }
    return value;
  }

  // A negative count is a length that did not fit: the writer's fault as much as one that is too
  // long.
  private void need(int count, String what) throws MalformedException {
    if (count < 0 || count > to - at) {
      throw new MalformedException(
          what + " of " + count + " bytes at " + at + ", where " + (to - at) + " are left");
    }
  }
}
