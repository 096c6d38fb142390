package org.tidelog.log.sync;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * A set of items as the sum of their hashes modulo 2^256: kept up by adding and taking away, in
 * constant time, whatever the order. Mutable.
 */
final class SetSum {
  private static final byte[] TAG = Sha256.tag("tidelog/sync-set/1");
  private static final int WORDS = Digest.LENGTH / Integer.BYTES;
  private static final long LOW = 0xffff_ffffL;

  private final int[] words = new int[WORDS];
  private long count;

  long count() {
    return count;
  }

  void add(Digest item) {
    byte[] bytes = item.bytes();
    long carry = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
      carry += (words[i] & LOW) + word(bytes, i);
      words[i] = (int) carry;
      carry >>>= Integer.SIZE;
    }
    count++;
  }

  void remove(Digest item) {
    byte[] bytes = item.bytes();
    long borrow = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
      borrow += (words[i] & LOW) - word(bytes, i);
      words[i] = (int) borrow;
      borrow >>= Integer.SIZE;
    }
    count--;
  }

  private static long word(byte[] bytes, int index) {
    int at = Integer.BYTES * index;
    return (bytes[at] & 0xffL) << 24
        | (bytes[at + 1] & 0xffL) << 16
        | (bytes[at + 2] & 0xffL) << 8
        | (bytes[at + 3] & 0xffL);
  }

  /** The sum itself, 32 bytes. */
  Digest total() {
    ByteWriter out = new ByteWriter();
    for (int word : words) {
      out.u32(word & LOW);
    }
    return Digest.of(out.toByteArray());
  }

  /**
   * What stands for in what this set differs from one of another sum. It stays the same as long as
   * the same is added to both.
   */
  Fingerprint difference(Digest other) {
    SetSum rest = new SetSum();
    System.arraycopy(words, 0, rest.words, 0, WORDS);
    rest.remove(other);
    return Fingerprint.of(rest.total());
  }

  Fingerprint fingerprint() {
    Sha256 sha = Sha256.create().update(TAG);
    for (int word : words) {
      sha.u32(word);
    }
    return Fingerprint.of(sha.u64(count).finish());
  }
}
