package org.tidelog.log.sync;

import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/** 16 bytes that stand for a set of held heads. Immutable. */
final class Fingerprint {
  static final int LENGTH = 16;

  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  static Fingerprint of(Digest digest) {
    return new Fingerprint(Arrays.copyOf(digest.bytes(), LENGTH));
  }

  static Fingerprint read(ByteReader in) throws MalformedException {
    return new Fingerprint(in.bytes(LENGTH));
  }

  void write(ByteWriter out) {
    out.bytes(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Hex.encode(bytes);
  }
}
