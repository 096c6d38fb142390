package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/**
 * A libp2p peer id of an Ed25519 key: the identity multihash of the key's protobuf, {@code 00 24 08
 * 01 12 20} and 32 bytes of key (libp2p specs, peer-ids). Other key types are refused. Says nothing
 * of whether the key is on the curve: signatures do. Immutable.
 */
public final class PeerId {
  public static final int KEY_BYTES = 32;

  private static final byte[] PREFIX = {0x00, 0x24, 0x08, 0x01, 0x12, 0x20};

  /** A peer id is 52 characters in base 58 and 83 in base 16. */
  private static final int TEXT_MAX = 128;

  private final byte[] key;

  private PeerId(byte[] key) {
    this.key = key;
  }

  /** A copy of the 32 bytes of public key. */
  public static PeerId of(byte[] publicKey32) {
    if (publicKey32.length != KEY_BYTES) {
      throw new IllegalArgumentException("publicKey: " + publicKey32.length + " bytes");
    }
    return new PeerId(publicKey32.clone());
  }

  /** Reads the 38 bytes of binary form. */
  public static PeerId parse(byte[] bytes) throws MalformedException {
    if (bytes.length != PREFIX.length + KEY_BYTES
        || !Arrays.equals(PREFIX, Arrays.copyOf(bytes, PREFIX.length))) {
      throw new MalformedException("peer id that is not of an Ed25519 key");
    }
    return new PeerId(Arrays.copyOfRange(bytes, PREFIX.length, bytes.length));
  }

  /** Reads {@code 12D3…}, or a CID with codec libp2p-key such as {@code k51…} and {@code bafz…}. */
  public static PeerId parse(String text) throws MalformedException {
    if (text.length() > TEXT_MAX) {
      throw new MalformedException("peer id of " + text.length() + " characters");
    }
    if (text.startsWith("1") || text.startsWith("Qm")) {
      return parse(Multibase.Base.BASE58BTC.decode(text));
    }
    Cid cid = Cid.parse(text);
    if (!cid.isCodec(Codec.LIBP2P_KEY)) {
      throw new MalformedException("peer id with codec " + cid.codec());
    }
    if (!cid.isIdentity()) throw new MalformedException("peer id that is not of an Ed25519 key");
    byte[] key = cid.identityBytes();
    return parse(new ByteWriter().u8(0).varint(key.length).bytes(key).toByteArray());
  }

  /** A copy of the public key, 32 bytes. */
  public byte[] publicKey() {
    return key.clone();
  }

  /** Binary form, 38 bytes. */
  public byte[] bytes() {
    return new ByteWriter().bytes(PREFIX).bytes(key).toByteArray();
  }

  /** Base 58, {@code 12D3…}. */
  public String text() {
    return Multibase.Base.BASE58BTC.encode(bytes());
  }

  /** The same id as a CID of codec libp2p-key, which an IPNS name is. */
  public Cid cid() {
    byte[] bytes = bytes();
    return Cid.identity(Codec.LIBP2P_KEY, Arrays.copyOfRange(bytes, 2, bytes.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerId that && Arrays.equals(key, that.key);
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
