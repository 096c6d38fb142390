package org.tidelog.crypto.ipns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Multibase;
import org.tidelog.crypto.multiformats.PeerId;

/**
 * A log's Ed25519 public key, which is its id and its IPNS name as well. Reading one checks the
 * form only; whether the key is on the curve shows when a signature is verified. Ordered by key, as
 * unsigned bytes. Immutable.
 */
public final class IpnsName implements Comparable<IpnsName> {
  public static final int KEY_BYTES = PeerId.KEY_BYTES;

  /** What the text of every Ed25519 name begins with. */
  public static final String TEXT_PREFIX = "k51qzi5uqu5d";

  private static final int SHORT_CHARACTERS = 8;
  private static final byte[] ROUTING_PREFIX = "/ipns/".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;

  private IpnsName(byte[] key) {
    this.key = key;
  }

  /**
   * A copy of 32 bytes.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static IpnsName of(byte[] key32) {
    if (key32.length != KEY_BYTES) {
      throw new IllegalArgumentException("key: " + key32.length + " bytes");
    }
    return new IpnsName(key32.clone());
  }

  /** As {@link #of}, for bytes that somebody else wrote. */
  public static IpnsName parse(byte[] key32) throws MalformedException {
    if (key32.length != KEY_BYTES) {
      throw new MalformedException("log key of " + key32.length + " bytes");
    }
    return new IpnsName(key32.clone());
  }

  /**
   * Reads {@code k51…} (base 36), {@code bafz…} (base 32) or any other CID, or {@code 12D3…} (base
   * 58).
   */
  public static IpnsName parse(String text) throws MalformedException {
    return new IpnsName(PeerId.parse(text).publicKey());
  }

  /** A copy of the public key, 32 bytes. */
  public byte[] key() {
    return key.clone();
  }

  /** Base 36, {@code k51qzi5uqu5d…}, 62 characters. */
  public String text() {
    return PeerId.of(key).cid().text(Multibase.Base.BASE36);
  }

  /** The eight characters after what all names share, for people. */
  public String shortText() {
    int from = TEXT_PREFIX.length();
    return text().substring(from, from + SHORT_CHARACTERS);
  }

  /** What the name's record is filed under in a DHT: {@code /ipns/} and 38 bytes of multihash. */
  public byte[] routingKey() {
    return new ByteWriter().bytes(ROUTING_PREFIX).bytes(PeerId.of(key).bytes()).toByteArray();
  }

  @Override
  public int compareTo(IpnsName other) {
    for (int i = 0; i < KEY_BYTES; i++) {
      int order = (key[i] & 0xff) - (other.key[i] & 0xff);
      if (order != 0) return order;
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpnsName that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return text();
  }
}
