package org.tidelog.crypto;

/**
 * Checks Ed25519 signatures. A port, so that a simulation may use a stand-in of the same sizes;
 * Ed25519 is real.
 */
public interface Verifier {
  /**
   * Whether the signature is the key's over the message.
   *
   * @param publicKey 32 bytes; any other length verifies nothing
   * @param signature 64 bytes; any other length is refused with false
   */
  boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
