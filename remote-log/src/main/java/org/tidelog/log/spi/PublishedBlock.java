package org.tidelog.log.spi;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.multiformats.Cid;

/**
 * A page (level 0) or index node (level 1 and up) of a log's published tree.
 *
 * @param ordinal position among the blocks of its level, from 0
 * @param first position of the first entry below it
 * @param end position after the last entry below it
 * @param weight of the entries below it, bytes; what page boundaries are drawn by
 * @param bytes of the block itself
 * @param previous the id before the first entry
 * @param roots the aligned roots of its range
 */
public record PublishedBlock(
    int level,
    long ordinal,
    long first,
    long end,
    long weight,
    long bytes,
    Cid cid,
    Digest previous,
    List<Digest> roots) {
  public PublishedBlock {
    roots = List.copyOf(roots);
  }

  /** The same block at another place of its level. */
  public PublishedBlock at(long newOrdinal) {
    return new PublishedBlock(level, newOrdinal, first, end, weight, bytes, cid, previous, roots);
  }
}
