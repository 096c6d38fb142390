package org.tidelog.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Derives keys from a secret: HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {
  /** The bound of RFC 5869: 255 blocks of the hash. */
  public static final int LENGTH_MAX = 255 * Digest.LENGTH;

  private Hkdf() {}

  /**
   * {@code length} bytes, 1 to 8160, for one purpose.
   *
   * @param secret uniformly random, not a passphrase
   * @param salt may be empty
   * @param info says what the key is for; another info gives an unrelated key
   */
  public static byte[] sha256(byte[] secret, byte[] salt, byte[] info, int length) {
    if (length < 1 || length > LENGTH_MAX) throw new IllegalArgumentException("length: " + length);
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(new HKDFParameters(secret, salt, info));
    byte[] key = new byte[length];
    generator.generateBytes(key, 0, length);
    return key;
  }
}
