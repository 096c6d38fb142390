package org.tidelog.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A SHA-256 value: the id of an entry, the root of a tree, a commitment. Ordered as unsigned bytes.
 * Immutable.
 */
public final class Digest implements Comparable<Digest> {
  public static final int LENGTH = 32;

  /** What stands where there is no hash yet, as before the first entry of a log. */
  public static final Digest ZERO = new Digest(new byte[LENGTH]);

  private static final int PRINTED_BYTES = 4;

  private final byte[] bytes;

  /** Takes the array over. */
  Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A copy of 32 bytes.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static Digest of(byte[] bytes32) {
    if (bytes32.length != LENGTH) {
      throw new IllegalArgumentException("digest: " + bytes32.length + " bytes");
    }
    return new Digest(bytes32.clone());
  }

  /**
   * A copy of the 32 bytes at {@code offset}.
   *
   * @throws IllegalArgumentException if the buffer has fewer there
   */
  public static Digest of(byte[] buffer, int offset) {
    if (offset < 0 || offset > buffer.length - LENGTH) {
      throw new IllegalArgumentException("offset: " + offset + " of " + buffer.length);
    }
    return new Digest(Arrays.copyOfRange(buffer, offset, offset + LENGTH));
  }

  /** As {@link #of(byte[])}, for bytes that somebody else wrote. */
  public static Digest parse(byte[] bytes) throws MalformedException {
    if (bytes.length != LENGTH) {
      throw new MalformedException("digest of " + bytes.length + " bytes");
    }
    return new Digest(bytes.clone());
  }

  /** A copy, 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    return Hex.encode(bytes);
  }

  void updateInto(MessageDigest hash) {
    hash.update(bytes);
  }

  @Override
  public int compareTo(Digest other) {
    for (int i = 0; i < LENGTH; i++) {
      int order = (bytes[i] & 0xff) - (other.bytes[i] & 0xff);
      if (order != 0) return order;
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
  }

  // Four bytes of a hash are spread as well as all of them.
  @Override
  public int hashCode() {
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  /** The first 8 hex digits, for people. */
  @Override
  public String toString() {
    return Hex.encode(Arrays.copyOf(bytes, PRINTED_BYTES));
  }
}
