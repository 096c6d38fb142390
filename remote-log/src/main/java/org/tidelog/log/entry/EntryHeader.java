package org.tidelog.log.entry;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * What an entry's id is the hash of. The payload is not here, only its length and hash: it may be
 * deleted, expire or come later, and the chain still verifies.
 *
 * @param log the log it belongs to
 * @param seq position, 0 to {@link Limits#SEQ_MAX}
 * @param previous the id before it, {@link Digest#ZERO} for position 0
 * @param timeMillis what the author's clock said, milliseconds since 1970 UTC
 * @param flags {@link Flags}
 * @param expiryMillis when the payload may go, milliseconds since 1970 UTC; 0 unless {@link
 *     Flags#EXPIRING}
 * @param parents at most {@link Limits#PARENTS_MAX}
 * @param payloadLength bytes stored, 0 to {@link Limits#PAYLOAD_BYTES_MAX}
 * @param payloadHash of the bytes as stored (sealed and salted where that applies)
 */
public record EntryHeader(
    IpnsName log,
    long seq,
    EntryKind kind,
    Digest previous,
    long timeMillis,
    int flags,
    long expiryMillis,
    List<ParentRef> parents,
    int payloadLength,
    Digest payloadHash) {
  public EntryHeader {
    parents = List.copyOf(parents);
  }

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** SHA-256 over a tag and the fields at fixed widths. */
  public Digest id() {
    return new EntryHasher(log)
        .id(
            new EntryHasher.Fields(
                seq,
                kind,
                flags,
                previous,
                timeMillis,
                expiryMillis,
                payloadLength,
                payloadHash,
                parents));
  }

  /** The hash that stands for a payload as stored. */
  public static Digest payloadHash(byte[] stored) {
    return EntryHasher.payloadHash(stored);
  }
}
