package org.tidelog.crypto.seal;

import java.util.Optional;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Seals the blocks of one large payload under its own random key, which lies in the sealed entry.
 * Index and last flag are in the nonce, so blocks that are swapped, left out or cut off do not
 * open. Not thread-safe.
 */
public final class BlockSealer {
  /** Bytes that sealing adds to a block. */
  public static final int OVERHEAD = GcmSiv.TAG_BYTES;

  private static final byte[] NO_CONTEXT = {};

  private final GcmSiv cipher;

  /** The key, 32 bytes used for one payload only, is copied. */
  public BlockSealer(byte[] key32) {
    this.cipher = new GcmSiv(key32);
  }

  /**
   * Ciphertext and tag of block {@code index}.
   *
   * @param index from 0
   * @param last whether no block follows
   */
  public byte[] seal(long index, boolean last, byte[] plaintext) {
    return cipher.seal(nonce(index, last), NO_CONTEXT, plaintext);
  }

  /** The block, or nothing if it is not that block of that payload. */
  public Optional<byte[]> open(long index, boolean last, byte[] sealed) {
    return cipher.open(nonce(index, last), NO_CONTEXT, sealed);
  }

  private static byte[] nonce(long index, boolean last) {
    return new ByteWriter().u64(index).u8(last ? 1 : 0).bytes(new byte[3]).toByteArray();
  }
}
