package org.tidelog.log.sync;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;

/**
 * A held head as the peer is told of it.
 *
 * @param size entries; 0 where a fork of the log is proved
 * @param check the first eight bytes of {@link #digest}: says which entries these are
 */
record Item(IpnsName log, long size, long check) {
  private static final byte[] TAG = Sha256.tag("tidelog/sync-item/1");
  private static final byte[] CONTESTED = Sha256.tag("tidelog/sync-contested/1");

  static Item of(LogSet.Held held) {
    return new Item(held.log(), held.contested() ? 0 : held.size(), first(held.digest()));
  }

  boolean isContested() {
    return size == 0;
  }

  /** What a log counts for of which a fork is proved. */
  static Digest contested(IpnsName log) {
    return Sha256.create().update(CONTESTED).update(log.key()).finish();
  }

  /** What a held head counts for in the set. */
  static Digest digest(Head head) {
    return Sha256.create()
        .update(TAG)
        .update(head.statement().log().key())
        .u64(head.size())
        .update(head.last())
        .update(head.root())
        .finish();
  }

  /** Its first eight bytes as a number. */
  static long first(Digest digest) {
    byte[] bytes = digest.bytes();
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }
}
