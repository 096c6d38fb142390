package org.tidelog.log.entry;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Computes the ids of one log's entries. Hashes fields at fixed widths, never an encoding, so that
 * there is one id however an entry travelled. One preimage is one call of the hash function, which
 * is what a thousand entries a slice are checked by. Owned by one thread.
 */
final class EntryHasher {
  private static final byte[] ENTRY = Sha256.tag("tidelog/entry/1");
  private static final byte[] PAYLOAD = Sha256.tag("tidelog/payload/1");

  private final Sha256 sha = Sha256.create();
  private final byte[] key;
  private final ByteWriter preimage = new ByteWriter();

  EntryHasher(IpnsName log) {
    this.key = log.key();
  }

  /** The fields of a header that differ from entry to entry. */
  record Fields(
      long seq,
      EntryKind kind,
      int flags,
      Digest previous,
      long timeMillis,
      long expiryMillis,
      int payloadLength,
      Digest payloadHash,
      List<ParentRef> parents) {}

  Digest id(Fields entry) {
    preimage.reset();
    preimage.bytes(ENTRY).bytes(key).u64(entry.seq).u8(entry.kind.code()).u8(entry.flags);
    preimage.digest(entry.previous).u64(entry.timeMillis).u64(entry.expiryMillis);
    preimage.u32(entry.payloadLength).digest(entry.payloadHash).u8(entry.parents.size());
    for (ParentRef parent : entry.parents) {
      preimage.u32(parent.alias()).u64(parent.seq());
    }
    return sha.update(preimage.array(), 0, preimage.size()).finish();
  }

  Digest payloadHash(byte[] bytes, int from, int length) {
    return sha.update(PAYLOAD).update(bytes, from, length).finish();
  }

  static Digest payloadHash(byte[] stored) {
    return Sha256.create().update(PAYLOAD).update(stored).finish();
  }
}
