package org.tidelog.crypto.seal;

import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES-256-GCM-SIV (RFC 8452) under one key. A nonce used for two texts reveals whether they are
 * equal and nothing else. Not thread-safe: the cipher is kept and used again.
 */
public final class GcmSiv {
  public static final int KEY_BYTES = 32;
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = 16;

  private final KeyParameter key;
  private final GCMSIVBlockCipher cipher = new GCMSIVBlockCipher();

  /** The key, 32 bytes, is copied. */
  public GcmSiv(byte[] key32) {
    if (key32.length != KEY_BYTES) {
      throw new IllegalArgumentException("key: " + key32.length + " bytes");
    }
    this.key = new KeyParameter(key32);
  }

  /** Ciphertext and tag: the text's length and 16 bytes. */
  public byte[] seal(byte[] nonce, byte[] associated, byte[] plaintext) {
    byte[] sealed = new byte[plaintext.length + TAG_BYTES];
    sealInto(sealed, 0, nonce, associated, plaintext);
    return sealed;
  }

  /** As {@link #seal}, at {@code offset} of an array that has room for it. */
  void sealInto(byte[] target, int offset, byte[] nonce, byte[] associated, byte[] plaintext) {
    cipher.init(true, new AEADParameters(key, TAG_BYTES * Byte.SIZE, nonce, associated));
    try {
      int written = cipher.processBytes(plaintext, 0, plaintext.length, target, offset);
      cipher.doFinal(target, offset + written);
    } catch (InvalidCipherTextException e) {
      throw new AssertionError("encryption has nothing to refuse", e);
    }
  }

  /** The text, or nothing if it was not sealed under this key, nonce and associated data. */
  public Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed) {
    return open(nonce, associated, sealed, 0);
  }

  /** As {@link #open(byte[], byte[], byte[])}, of what begins at {@code from}. */
  Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed, int from) {
    int length = sealed.length - from;
    if (length < TAG_BYTES) return Optional.empty();
    byte[] plaintext = new byte[length - TAG_BYTES];
    cipher.init(false, new AEADParameters(key, TAG_BYTES * Byte.SIZE, nonce, associated));
    try {
      int written = cipher.processBytes(sealed, from, length, plaintext, 0);
      cipher.doFinal(plaintext, written);
      return Optional.of(plaintext);
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
  }
}
