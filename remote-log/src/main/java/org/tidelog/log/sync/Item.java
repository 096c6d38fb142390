package org.tidelog.log.sync;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;

/**
 * A held head as the peer is told of it.
 *
 * @param check the first eight bytes of {@link #digest}: says which entries these are
 */
record Item(IpnsName log, long size, long check) {
  private static final byte[] TAG = Sha256.tag("tidelog/sync-item/1");

  static Item of(Head head) {
    return new Item(head.statement().log(), head.size(), check(head));
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

  static long check(Head head) {
    return first(digest(head));
  }

  static long first(Digest digest) {
    byte[] bytes = digest.bytes();
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }
}
