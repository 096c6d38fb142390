package org.tidelog.node.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

/**
 * Which positions are held of the logs that were used last, so that not all slices are read each
 * time. As the open transaction has it: one that fails ends the connection.
 */
final class HeldRanges {
  private static final int LOGS_MAX = 1024;

  /** Of a log with more gaps they are read anew. */
  private static final int RANGES_MAX = 1024;

  private static final float LOAD = 0.75f;

  private final Map<Long, SeqRanges> ranges =
      new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SeqRanges> eldest) {
          return size() > LOGS_MAX;
        }
      };

  Optional<SeqRanges> of(long number) {
    return Optional.ofNullable(ranges.get(number));
  }

  void put(long number, SeqRanges held) {
    if (held.ranges().size() <= RANGES_MAX) ranges.put(number, held);
  }

  /** A slice is put; one that overlaps others may replace longer ones. */
  void add(long number, SeqRange slice) {
    @Nullable SeqRanges before = ranges.remove(number);
    if (before != null && before.within(slice).isEmpty()) put(number, before.with(slice));
  }

  /** A slice is removed. */
  void forget(long number) {
    ranges.remove(number);
  }
}
