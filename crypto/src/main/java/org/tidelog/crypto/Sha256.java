package org.tidelog.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 hasher that is used again and again: {@link #finish()} leaves it as new. Numbers go in
 * at fixed widths, big-endian, so that a preimage has one reading. Not thread-safe.
 */
public final class Sha256 {
  private final MessageDigest hash;
  private final byte[] number = new byte[Long.BYTES];

  private Sha256(MessageDigest hash) {
    this.hash = hash;
  }

  public static Sha256 create() {
    try {
      return new Sha256(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Hash of the parts, one after the other. */
  public static Digest hash(byte[]... parts) {
    Sha256 sha = create();
    for (byte[] part : parts) {
      sha.update(part);
    }
    return sha.finish();
  }

  /**
   * The bytes of a domain tag such as {@code tidelog/entry/1}: what stands first in a preimage, so
   * that no hash of one kind can be taken for another.
   *
   * @throws IllegalArgumentException if the text is not printable ASCII
   */
  public static byte[] tag(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      char c = ascii.charAt(i);
      if (c < ' ' || c > '~') throw new IllegalArgumentException("tag: character " + (int) c);
    }
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  public Sha256 update(byte[] bytes) {
    hash.update(bytes);
    return this;
  }

  public Sha256 update(byte[] bytes, int from, int length) {
    hash.update(bytes, from, length);
    return this;
  }

  public Sha256 update(Digest digest) {
    digest.updateInto(hash);
    return this;
  }

  public Sha256 update(byte value) {
    hash.update(value);
    return this;
  }

  /** Four bytes, big-endian. */
  public Sha256 u32(int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      number[i] = (byte) (value >>> (24 - 8 * i));
    }
    hash.update(number, 0, Integer.BYTES);
    return this;
  }

  /** Eight bytes, big-endian. */
  public Sha256 u64(long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      number[i] = (byte) (value >>> (56 - 8 * i));
    }
    hash.update(number, 0, Long.BYTES);
    return this;
  }

  /** The hash of all that was put in; the next one begins. */
  public Digest finish() {
    return new Digest(hash.digest());
  }
}
