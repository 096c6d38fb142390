package org.tidelog.crypto.multiformats;

/**
 * Unsigned LEB128 of 0 to 2^63-1 in at most nine bytes, as <a
 * href="https://github.com/multiformats/unsigned-varint">unsigned-varint</a> has it. Only the
 * shortest form is legal; {@link ByteReader#varint} refuses others.
 */
public final class Varint {
  /** Nine times seven bits are the 63 of a non-negative long. */
  public static final int LENGTH_MAX = 9;

  private Varint() {}

  /** Bytes that the value takes, 1 to 9. */
  public static int length(long value) {
    check(value);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  /** Writes the value at {@code offset} and returns the offset after it. */
  public static int write(long value, byte[] target, int offset) {
    check(value);
    int at = offset;
    long rest = value;
    while (rest >= 0x80) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  private static void check(long value) {
    if (value < 0) throw new IllegalArgumentException("varint: " + value);
  }
}
