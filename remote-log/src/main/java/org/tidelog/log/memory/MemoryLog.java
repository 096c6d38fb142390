package org.tidelog.log.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/** What is held of one log. */
final class MemoryLog {
  private final NavigableMap<Long, StoredSlice> slices = new TreeMap<>();
  private final Map<Integer, NavigableMap<Long, PublishedBlock>> levels = new TreeMap<>();
  private Optional<byte[]> record = Optional.empty();

  StoredLog stored() {
    List<SeqRange> held = new ArrayList<>();
    for (StoredSlice slice : slices.values()) {
      held.add(slice.outline().range());
    }
    Optional<Head> head =
        slices.isEmpty() ? Optional.empty() : slices.lastEntry().getValue().outline().head();
    return new StoredLog(SeqRanges.of(held), head, record.map(byte[]::clone));
  }

  List<StoredSlice> overlapping(long from, long to) {
    if (from >= to) return List.of();
    @Nullable Long before = slices.floorKey(from);
    List<StoredSlice> found = new ArrayList<>();
    for (StoredSlice slice :
        slices.subMap(before == null ? from : before, true, to, false).values()) {
      if (slice.outline().end() > from) found.add(slice);
    }
    return found;
  }

  List<PublishedBlock> published(int level, long fromOrdinal) {
    @Nullable NavigableMap<Long, PublishedBlock> blocks = levels.get(level);
    return blocks == null ? List.of() : List.copyOf(blocks.tailMap(fromOrdinal, true).values());
  }

  void apply(LogChange change) {
    change.removed().forEach(slices::remove);
    change.slices().forEach(slice -> slices.put(slice.outline().first(), slice));
    for (LogChange.BlocksFrom from : change.unpublished()) {
      level(from.level()).tailMap(from.ordinal(), true).clear();
    }
    change.published().forEach(block -> level(block.level()).put(block.ordinal(), block));
    if (change.record().isPresent() || change.forgetsRecord()) record = change.record();
  }

  private NavigableMap<Long, PublishedBlock> level(int level) {
    return levels.computeIfAbsent(level, key -> new TreeMap<>());
  }
}
