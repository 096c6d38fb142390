package org.tidelog.log.spi;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;

/**
 * What is known of a stored slice without reading its entries.
 *
 * @param first position of its first entry
 * @param count entries
 * @param previous the id before the first entry, {@link Digest#ZERO} at position 0
 * @param last the id of the last entry
 * @param roots the aligned roots of its range, from left to right
 * @param head the head of size {@code first + count}, where one is known
 */
public record SliceOutline(
    long first, int count, Digest previous, Digest last, List<Digest> roots, Optional<Head> head) {
  public SliceOutline {
    roots = List.copyOf(roots);
    if (head.isPresent()
        && (head.get().size() != first + count || !head.get().last().equals(last))) {
      throw new IllegalArgumentException(
          "head: " + head.get() + " for [" + first + ", +" + count + ")");
    }
  }

  public long end() {
    return first + count;
  }

  public SeqRange range() {
    return new SeqRange(first, end());
  }
}
