package org.tidelog.crypto;

/**
 * Ed25519 (RFC 8032) with one strict rule of acceptance, since libraries disagree on crafted
 * signatures and a malicious author could split readers for good with one that only some accept.
 *
 * <p>Accepted is what holds in all four points: the public key is canonically encoded and in the
 * subgroup of prime order; so is the signature's first half; its second half is below the group's
 * order; the equation holds. Under the first two the equation with and without cofactor are the
 * same, so every correct library agrees.
 */
public final class Ed25519 {
  public static final int SEED_BYTES = 32;
  public static final int PUBLIC_KEY_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  /**
   * A thread-safe signer with the key pair of a 32-byte seed, which is copied.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static Signer signer(byte[] seed32) {
    return new SeedSigner(seed32);
  }

  /** A thread-safe verifier that remembers which keys it has checked. Share one. */
  public static Verifier verifier() {
    return new StrictVerifier();
  }

  /** Whether the bytes are a key that {@link #verifier} would accept anything of. */
  public static boolean validPublicKey(byte[] publicKey) {
    return StrictVerifier.validPublicKey(publicKey);
  }
}
