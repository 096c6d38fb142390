package org.tidelog.replicator;

import java.util.Arrays;
import org.tidelog.crypto.Hex;

/** Who a connection leads to, as the transport proved it: a libp2p peer id in most. Immutable. */
public final class PeerId implements Comparable<PeerId> {
  /** A libp2p peer id has at most 42 bytes. */
  public static final int BYTES_MAX = 64;

  private static final int SHOWN = 8;

  private final byte[] bytes;

  private PeerId(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A peer's id as the transport has it.
   *
   * @throws IllegalArgumentException unless it has 1 to {@link #BYTES_MAX} bytes
   */
  public static PeerId of(byte[] bytes) {
    if (bytes.length < 1 || bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException("peer id: " + bytes.length + " bytes");
    }
    return new PeerId(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return Hex.encode(bytes);
  }

  @Override
  public int compareTo(PeerId other) {
    for (int i = 0; i < Math.min(bytes.length, other.bytes.length); i++) {
      int order = Integer.compare(bytes[i] & 0xff, other.bytes[i] & 0xff);
      if (order != 0) return order;
    }
    return Integer.compare(bytes.length, other.bytes.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    String hex = hex();
    return hex.substring(0, Math.min(hex.length(), SHOWN));
  }
}
