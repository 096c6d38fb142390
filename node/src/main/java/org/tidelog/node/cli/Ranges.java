package org.tidelog.node.cli;

import java.util.List;
import org.tidelog.log.entry.SeqRange;

/** How ranges of entries are shown. */
final class Ranges {
  private Ranges() {}

  /** For JSON: pairs {@code [from, to)}. */
  static List<List<Long>> list(List<SeqRange> ranges) {
    return ranges.stream().map(range -> List.of(range.from(), range.to())).toList();
  }

  /** How many entries they hold. */
  static long count(List<SeqRange> ranges) {
    return ranges.stream().mapToLong(SeqRange::length).sum();
  }
}
