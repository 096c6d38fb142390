package org.tidelog.crypto.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM-SIV (RFC 8452) under one key. A nonce used for two texts reveals whether they are
 * equal and nothing else. Not thread-safe: ciphers and buffers are kept and used again.
 *
 * <p>The mode is put together here from the platform's AES, which uses the processor's
 * instructions: with the library's, a short text takes twice as long.
 */
public final class GcmSiv {
  public static final int KEY_BYTES = 32;
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = 16;

  private static final int BLOCK_BYTES = Polyval.BLOCK_BYTES;

  /** What one block of derivation gives. The other half is thrown away. */
  private static final int DERIVED_BYTES = 8;

  private static final int DERIVED_BLOCKS = (Polyval.BLOCK_BYTES + KEY_BYTES) / DERIVED_BYTES;
  private static final int COUNTER_BYTES = 4;

  /** Blocks of key stream made at once. */
  private static final int STREAM_BLOCKS = 256;

  private final Cipher deriving;
  private final Cipher cipher = cipher();
  private final Polyval polyval = new Polyval();
  private byte[] stream = new byte[0];

  /** The key, 32 bytes, is copied. */
  public GcmSiv(byte[] key32) {
    if (key32.length != KEY_BYTES) {
      throw new IllegalArgumentException("key: " + key32.length + " bytes");
    }
    this.deriving = cipher();
    init(deriving, key32, 0);
  }

  private static Cipher cipher() {
    try {
      // Block by block: which blocks is decided here.
      return Cipher.getInstance("AES/ECB/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES", e);
    }
  }

  private static void init(Cipher cipher, byte[] keys, int from) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, from, KEY_BYTES, "AES"));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES with 256 bits", e);
    }
  }

  private static void encrypt(Cipher cipher, byte[] blocks, int length) {
    try {
      cipher.doFinal(blocks, 0, length, blocks, 0);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("whole blocks have room in themselves", e);
    }
  }

  /** Ciphertext and tag: the text's length and 16 bytes. */
  public byte[] seal(byte[] nonce, byte[] associated, byte[] plaintext) {
    byte[] sealed = new byte[plaintext.length + TAG_BYTES];
    sealInto(sealed, 0, nonce, associated, plaintext);
    return sealed;
  }

  /** As {@link #seal}, at {@code offset} of an array that has room for it. */
  void sealInto(byte[] target, int offset, byte[] nonce, byte[] associated, byte[] plaintext) {
    begin(nonce);
    byte[] tag = tag(nonce, associated, plaintext);
    System.arraycopy(plaintext, 0, target, offset, plaintext.length);
    addStream(tag, target, offset, plaintext.length);
    System.arraycopy(tag, 0, target, offset + plaintext.length, TAG_BYTES);
  }

  /** The text, or nothing if it was not sealed under this key, nonce and associated data. */
  public Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed) {
    return open(nonce, associated, sealed, 0);
  }

  /** As {@link #open(byte[], byte[], byte[])}, of what begins at {@code from}. */
  Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed, int from) {
    int length = sealed.length - from - TAG_BYTES;
    if (length < 0) return Optional.empty();
    begin(nonce);
    byte[] tag = Arrays.copyOfRange(sealed, from + length, sealed.length);
    byte[] plaintext = Arrays.copyOfRange(sealed, from, from + length);
    addStream(tag, plaintext, 0, length);
    if (MessageDigest.isEqual(tag, tag(nonce, associated, plaintext))) {
      return Optional.of(plaintext);
    }
    Arrays.fill(plaintext, (byte) 0);
    return Optional.empty();
  }

  /** Derives the two keys of a nonce (section 4, "derive_keys"). */
  private void begin(byte[] nonce) {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("nonce: " + nonce.length + " bytes");
    }
    byte[] blocks = new byte[DERIVED_BLOCKS * BLOCK_BYTES];
    for (int i = 0; i < DERIVED_BLOCKS; i++) {
      blocks[i * BLOCK_BYTES] = (byte) i;
      System.arraycopy(nonce, 0, blocks, i * BLOCK_BYTES + COUNTER_BYTES, NONCE_BYTES);
    }
    encrypt(deriving, blocks, blocks.length);
    byte[] keys = new byte[DERIVED_BLOCKS * DERIVED_BYTES];
    for (int i = 0; i < DERIVED_BLOCKS; i++) {
      System.arraycopy(blocks, i * BLOCK_BYTES, keys, i * DERIVED_BYTES, DERIVED_BYTES);
    }
    polyval.begin(keys);
    init(cipher, keys, Polyval.BLOCK_BYTES);
    Arrays.fill(blocks, (byte) 0);
    Arrays.fill(keys, (byte) 0);
  }

  private byte[] tag(byte[] nonce, byte[] associated, byte[] plaintext) {
    byte[] lengths = new byte[BLOCK_BYTES];
    putLittleEndian(lengths, 0, (long) associated.length * Byte.SIZE, Long.BYTES);
    putLittleEndian(lengths, Long.BYTES, (long) plaintext.length * Byte.SIZE, Long.BYTES);
    polyval.update(associated, 0, associated.length);
    polyval.update(plaintext, 0, plaintext.length);
    polyval.update(lengths, 0, BLOCK_BYTES);
    byte[] tag = polyval.finish();
    for (int i = 0; i < NONCE_BYTES; i++) {
      tag[i] ^= nonce[i];
    }
    tag[BLOCK_BYTES - 1] &= 0x7f;
    encrypt(cipher, tag, BLOCK_BYTES);
    return tag;
  }

  /** Encrypts or decrypts in place: the key stream begins at the tag with its last bit set. */
  private void addStream(byte[] tag, byte[] text, int from, int length) {
    byte[] counter = tag.clone();
    counter[BLOCK_BYTES - 1] |= (byte) 0x80;
    int count = littleEndian(counter);
    int done = 0;
    while (done < length) {
      int blocks = Math.min(STREAM_BLOCKS, (length - done + BLOCK_BYTES - 1) / BLOCK_BYTES);
      byte[] key = stream(counter, count, blocks);
      int bytes = Math.min(length - done, blocks * BLOCK_BYTES);
      for (int i = 0; i < bytes; i++) {
        text[from + done + i] ^= key[i];
      }
      done += bytes;
      count += blocks; // Wraps around, as the RFC says.
    }
  }

  private byte[] stream(byte[] counter, int count, int blocks) {
    int bytes = blocks * BLOCK_BYTES;
    if (stream.length < bytes) stream = new byte[bytes];
    for (int i = 0; i < blocks; i++) {
      System.arraycopy(counter, 0, stream, i * BLOCK_BYTES, BLOCK_BYTES);
      putLittleEndian(stream, i * BLOCK_BYTES, count + i, COUNTER_BYTES);
    }
    encrypt(cipher, stream, bytes);
    return stream;
  }

  private static void putLittleEndian(byte[] target, int at, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      target[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
  }

  private static int littleEndian(byte[] bytes) {
    return (bytes[0] & 0xff)
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }
}
