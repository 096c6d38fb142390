package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;

/**
 * A hash that says which one it is. Two are known: SHA-256, and identity, which holds the hashed
 * bytes themselves. All others are refused: a weak one would let two blocks share a name.
 *
 * @param code 0x00 identity, 0x12 SHA-256
 * @param digest at most {@link #IDENTITY_BYTES_MAX} bytes, 32 for SHA-256
 */
record Multihash(long code, byte[] digest) {
  static final long IDENTITY = 0x00;
  static final long SHA2_256 = 0x12;

  /** The most that Kubo takes as well. */
  static final int IDENTITY_BYTES_MAX = 128;

  static Multihash identity(byte[] bytes) {
    if (bytes.length > IDENTITY_BYTES_MAX) {
      throw new IllegalArgumentException("identity: " + bytes.length + " bytes");
    }
    return new Multihash(IDENTITY, bytes.clone());
  }

  static Multihash sha256(byte[] block) {
    return new Multihash(SHA2_256, Sha256.hash(block).bytes());
  }

  static Multihash read(ByteReader in) throws MalformedException {
    long code = in.varint();
    long length = in.varint();
    if (code == SHA2_256 && length != Digest.LENGTH) {
      throw new MalformedException("SHA-256 multihash of " + length + " bytes");
    }
    if (code == IDENTITY && length > IDENTITY_BYTES_MAX) {
      throw new MalformedException("identity multihash of " + length + " bytes");
    }
    if (code != SHA2_256 && code != IDENTITY) {
      throw new MalformedException("multihash of unknown function " + code);
    }
    return new Multihash(code, in.bytes((int) length));
  }

  void write(ByteWriter out) {
    out.varint(code).varint(digest.length).bytes(digest);
  }

  boolean matches(byte[] block) {
    return Arrays.equals(digest, code == IDENTITY ? block : Sha256.hash(block).bytes());
  }
}
