package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/**
 * The name of a block by its content: a CIDv1 with SHA-256, or with the identity hash for a block
 * so small that its name holds it. Version 0 ({@code Qm…}) and other hash functions are refused.
 * Ordered by bytes, unsigned. Immutable.
 */
public final class Cid implements Comparable<Cid> {
  /** Three varints at their longest and the longest identity. */
  public static final int BYTES_MAX = 4 * Varint.LENGTH_MAX + Multihash.IDENTITY_BYTES_MAX;

  private static final int VERSION = 1;

  /** {@link #BYTES_MAX} in base 16, the longest text. */
  private static final int TEXT_MAX = 2 * BYTES_MAX + 1;

  private final long codec;
  private final Multihash hash;
  private final byte[] bytes;

  private Cid(long codec, Multihash hash) {
    this.codec = codec;
    this.hash = hash;
    ByteWriter out = new ByteWriter().varint(VERSION).varint(codec);
    hash.write(out);
    this.bytes = out.toByteArray();
  }

  /** Names the block by its hash. */
  public static Cid sha256(Codec codec, byte[] block) {
    return new Cid(codec.code(), Multihash.sha256(block));
  }

  /**
   * Names the block by itself.
   *
   * @throws IllegalArgumentException for more than 128 bytes
   */
  public static Cid identity(Codec codec, byte[] block) {
    return new Cid(codec.code(), Multihash.identity(block));
  }

  /** Reads binary form; the bytes must end with it. */
  public static Cid parse(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    Cid cid = read(in);
    in.end();
    return cid;
  }

  /** Reads binary form at the cursor and leaves what follows, as sections of a CAR file need it. */
  public static Cid read(ByteReader in) throws MalformedException {
    long version = in.varint();
    if (version != VERSION) throw new MalformedException("CID of version " + version);
    return new Cid(in.varint(), Multihash.read(in));
  }

  /** Reads text in any base of {@link Multibase}. */
  public static Cid parse(String text) throws MalformedException {
    if (text.startsWith("Qm")) throw new MalformedException("CID of version 0");
    if (text.length() > TEXT_MAX) {
      throw new MalformedException("CID of " + text.length() + " characters");
    }
    return parse(Multibase.decode(text));
  }

  /** Binary form. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Base 32, {@code b…}. */
  public String text() {
    return text(Multibase.Base.BASE32);
  }

  public String text(Multibase.Base base) {
    return Multibase.encode(base, bytes);
  }

  /** Number of the multicodec table, of a {@link Codec} or another. */
  public long codec() {
    return codec;
  }

  public boolean isCodec(Codec expected) {
    return codec == expected.code();
  }

  /** Whether the CID holds the block itself. */
  public boolean isIdentity() {
    return hash.code() == Multihash.IDENTITY;
  }

  /**
   * The block that is its own name.
   *
   * @throws IllegalStateException unless {@link #isIdentity}
   */
  public byte[] identityBytes() {
    if (!isIdentity()) throw new IllegalStateException("CID " + this + " holds a hash");
    return hash.digest().clone();
  }

  /** Whether the block is the named one; hashes it. */
  public boolean matches(byte[] block) {
    return hash.matches(block);
  }

  @Override
  public int compareTo(Cid other) {
    int common = Math.min(bytes.length, other.bytes.length);
    for (int i = 0; i < common; i++) {
      int order = (bytes[i] & 0xff) - (other.bytes[i] & 0xff);
      if (order != 0) return order;
    }
    return bytes.length - other.bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cid that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@link #text()}: tools of the IPFS world take it as it is. */
  @Override
  public String toString() {
    return text();
  }
}
