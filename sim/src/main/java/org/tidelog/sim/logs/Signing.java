package org.tidelog.sim.logs;

import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;

/**
 * Keys of simulated devices. The stand-in signs with a hash over key and message, which anybody
 * could make: in here nobody does, and it costs a hundredth.
 */
enum Signing {
  REAL {
    @Override
    Signer signer(byte[] seed) {
      return Ed25519.signer(seed);
    }

    @Override
    Verifier verifier() {
      return Ed25519.verifier();
    }
  },
  STAND_IN {
    @Override
    Signer signer(byte[] seed) {
      return new StandInSigner(Ed25519.signer(seed).publicKey());
    }

    @Override
    Verifier verifier() {
      return (key, message, signature) -> MessageDigest.isEqual(standIn(key, message), signature);
    }
  };

  abstract Signer signer(byte[] seed);

  abstract Verifier verifier();

  private record StandInSigner(byte[] key) implements Signer {
    @Override
    public byte[] publicKey() {
      return key.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      return standIn(key, message);
    }
  }

  private static byte[] standIn(byte[] key, byte[] message) {
    byte[] all = Arrays.copyOf(key, key.length + message.length);
    System.arraycopy(message, 0, all, key.length, message.length);
    byte[] hash = Sha256.hash(all).bytes();
    byte[] signature = Arrays.copyOf(hash, Ed25519.SIGNATURE_BYTES);
    System.arraycopy(hash, 0, signature, hash.length, signature.length - hash.length);
    return signature;
  }
}
