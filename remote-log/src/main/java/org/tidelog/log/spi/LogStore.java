package org.tidelog.log.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;

/**
 * Where a device keeps logs: its own and the parts it holds of others'. Slices are stored as
 * slices. Synchronous, because it is on this device; used by one thread at a time. What is put here
 * has been verified: a store checks no hash, but it reports its own damage as {@link
 * StoreException}.
 */
public interface LogStore {
  /** The names of all logs of which anything is held, ascending. */
  List<IpnsName> logs();

  /** What is held of a log; empty where nothing ever was. */
  Optional<StoredLog> log(IpnsName log);

  /**
   * The slices that overlap {@code [from, to)}, ascending, as stored (so the first may begin before
   * {@code from}); stops after the slice with which {@code bytesMax} encoded bytes are reached. At
   * least one, if any overlaps.
   */
  List<StoredSlice> slices(IpnsName log, long from, long to, long bytesMax);

  /** As {@link #slices} without the entries: all that overlap {@code [from, to)}. */
  List<SliceOutline> outlines(IpnsName log, long from, long to);

  /**
   * The blocks of the log's published tree at a level (0 is pages), from an ordinal on, ascending.
   */
  List<PublishedBlock> published(IpnsName log, int level, long fromOrdinal);

  /** All blocks of the log's published tree; the index root is not among them. */
  default Set<Cid> publishedCids(IpnsName log) {
    Set<Cid> cids = new HashSet<>();
    List<PublishedBlock> blocks = published(log, 0, 0);
    for (int level = 1; !blocks.isEmpty(); level++) {
      blocks.forEach(block -> cids.add(block.cid()));
      blocks = published(log, level, 0);
    }
    return cids;
  }

  /**
   * Makes all changes, of several logs, or none. Durable when it returns: the entries and heads in
   * them may be shown to others.
   *
   * @throws StoreException if nothing was changed, or if that is not known; then no log may be
   *     written before it has been read anew
   */
  void commit(List<LogChange> changes);
}
