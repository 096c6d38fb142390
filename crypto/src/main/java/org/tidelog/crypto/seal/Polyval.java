package org.tidelog.crypto.seal;

import java.util.Arrays;
import org.bouncycastle.crypto.modes.gcm.GCMMultiplier;
import org.bouncycastle.crypto.modes.gcm.Tables4kGCMMultiplier;

/**
 * The universal hash of GCM-SIV (RFC 8452, section 3), on the library's multiplication for GHASH:
 * both are the same field with the bytes the other way round (appendix A). Not thread-safe.
 */
final class Polyval {
  static final int BLOCK_BYTES = 16;

  /** What stands for x^128 in GHASH's order of bits. */
  private static final int REDUCTION = 0xe1;

  private final GCMMultiplier multiplier = new Tables4kGCMMultiplier();

  /** The hash so far, in GHASH's order of bytes. */
  private final byte[] sum = new byte[BLOCK_BYTES];

  /** Begins a new hash under the first 16 bytes of {@code key}. */
  void begin(byte[] key) {
    multiplier.init(timesX(reversed(key)));
    Arrays.fill(sum, (byte) 0);
  }

  /** Adds bytes, filled up with zeros to whole blocks. */
  void update(byte[] bytes, int from, int length) {
    for (int done = 0; done < length; done += BLOCK_BYTES) {
      int count = Math.min(BLOCK_BYTES, length - done);
      for (int i = 0; i < count; i++) {
        sum[BLOCK_BYTES - 1 - i] ^= bytes[from + done + i];
      }
      multiplier.multiplyH(sum);
    }
  }

  /** The hash of what was added, 16 bytes. */
  byte[] finish() {
    return reversed(sum);
  }

  private static byte[] reversed(byte[] block) {
    byte[] reversed = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      reversed[i] = block[BLOCK_BYTES - 1 - i];
    }
    return reversed;
  }

  private static byte[] timesX(byte[] block) {
    int carry = 0;
    for (int i = 0; i < BLOCK_BYTES; i++) {
      int value = block[i] & 0xff;
      block[i] = (byte) (value >>> 1 | carry);
      carry = (value & 1) << 7;
    }
    // Without a branch on what is secret.
    block[0] ^= (byte) (REDUCTION & -(carry >>> 7));
    return block;
  }
}
