package org.tidelog.log.spi;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.AlignedRoots;

/** A verified slice with what proves its place. */
public record StoredSlice(SliceOutline outline, Slice slice) {
  public StoredSlice {
    if (outline.first() != slice.first() || outline.count() != slice.count()) {
      throw new IllegalArgumentException("outline: " + outline.range() + " of " + slice);
    }
  }

  /** Hashes a slice whose place is proved by the caller. */
  public static StoredSlice of(IpnsName log, Slice slice, Digest previous, Optional<Head> head) {
    return of(slice, previous, slice.ids(log, previous), head);
  }

  /** As {@link #of(IpnsName, Slice, Digest, Optional)}, with the ids computed already. */
  public static StoredSlice of(
      Slice slice, Digest previous, List<Digest> ids, Optional<Head> head) {
    Digest last = ids.get(ids.size() - 1);
    List<Digest> roots = AlignedRoots.of(slice.first(), ids);
    return new StoredSlice(
        new SliceOutline(slice.first(), slice.count(), previous, last, roots, head), slice);
  }

  /**
   * The entries, with their ids computed anew.
   *
   * @throws StoreException with {@link StoreException.Cause#DAMAGED} if they are not those that
   *     were stored
   */
  public List<Entry> entries(IpnsName log) {
    List<Entry> entries = slice.entries(log, outline.previous());
    check(log, entries.get(entries.size() - 1).id());
    return entries;
  }

  /** As {@link #entries} without the entries themselves. */
  public List<Digest> ids(IpnsName log) {
    List<Digest> ids = slice.ids(log, outline.previous());
    check(log, ids.get(ids.size() - 1));
    return ids;
  }

  /** An id hashes all that is before it: one that is right in the end says that all are. */
  private void check(IpnsName log, Digest last) {
    if (last.equals(outline.last())) return;
    throw new StoreException(
        StoreException.Cause.DAMAGED,
        "entries " + outline.range() + " of " + log.text() + " are not those that were stored");
  }
}
