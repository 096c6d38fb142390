package org.tidelog.log.entry;

import java.util.List;
import org.tidelog.crypto.multiformats.Varint;

/**
 * An entry before it has a place: what {@link SliceBuilder} encodes. The position and the link to
 * the entry before follow from where it is put.
 *
 * @param stored payload as it will be stored (sealed and salted already)
 */
public record NewEntry(
    EntryKind kind,
    long timeMillis,
    int flags,
    long expiryMillis,
    List<ParentRef> parents,
    byte[] stored) {
  public NewEntry {
    if (timeMillis < 0 || timeMillis > Limits.TIME_MILLIS_MAX) {
      throw new IllegalArgumentException("timeMillis: " + timeMillis);
    }
    if ((flags & ~Flags.ALL) != 0) throw new IllegalArgumentException("flags: " + flags);
    if (((flags & Flags.EXPIRING) != 0) != (expiryMillis != 0)) {
      throw new IllegalArgumentException("expiryMillis: " + expiryMillis + " with flags " + flags);
    }
    if (expiryMillis != 0
        && (expiryMillis <= timeMillis || expiryMillis > Limits.TIME_MILLIS_MAX)) {
      throw new IllegalArgumentException("expiryMillis: " + expiryMillis);
    }
    if (parents.size() > Limits.PARENTS_MAX)
      throw new IllegalArgumentException("parents: " + parents.size());
    if (stored.length > Limits.PAYLOAD_BYTES_MAX)
      throw new IllegalArgumentException("stored: " + stored.length);
    parents = List.copyOf(parents);
  }

  /** As {@link Slice#weights()} will have it. */
  public int weight() {
    int middle = Varint.length(stored.length);
    if (expiryMillis != 0) middle += Varint.length(expiryMillis - timeMillis);
    if (!parents.isEmpty()) middle += Varint.length(parents.size());
    for (ParentRef parent : parents) {
      middle += Varint.length(parent.alias()) + Varint.length(parent.seq());
    }
    return Weight.of(flags, middle, stored.length);
  }

  /** An entry without flags, expiry or parents. */
  public static NewEntry plain(EntryKind kind, long timeMillis, byte[] stored) {
    return new NewEntry(kind, timeMillis, 0, 0, List.of(), stored);
  }
}
