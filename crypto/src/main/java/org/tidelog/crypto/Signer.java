package org.tidelog.crypto;

/** Holds one Ed25519 key pair and signs with it. The secret key stays inside. */
public interface Signer {
  /** 32 bytes. */
  byte[] publicKey();

  /** 64 bytes, the same for the same message (RFC 8032). */
  byte[] sign(byte[] message);
}
