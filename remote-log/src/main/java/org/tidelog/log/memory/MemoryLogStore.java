package org.tidelog.log.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/** Logs in memory. Used by one thread at a time; nothing is durable. */
public final class MemoryLogStore implements LogStore {
  private final SortedMap<IpnsName, MemoryLog> logs = new TreeMap<>();

  @Override
  public List<IpnsName> logs() {
    return List.copyOf(logs.keySet());
  }

  @Override
  public Optional<StoredLog> log(IpnsName log) {
    return Optional.ofNullable(logs.get(log)).map(MemoryLog::stored);
  }

  @Override
  public List<StoredSlice> slices(IpnsName log, long from, long to, long bytesMax) {
    List<StoredSlice> taken = new ArrayList<>();
    long bytes = 0;
    for (StoredSlice slice : overlapping(log, from, to)) {
      taken.add(slice);
      bytes += slice.slice().length();
      if (bytes >= bytesMax) break;
    }
    return taken;
  }

  @Override
  public List<SliceOutline> outlines(IpnsName log, long from, long to) {
    List<SliceOutline> outlines = new ArrayList<>();
    for (StoredSlice slice : overlapping(log, from, to)) {
      outlines.add(slice.outline());
    }
    return outlines;
  }

  private List<StoredSlice> overlapping(IpnsName log, long from, long to) {
    @Nullable MemoryLog held = logs.get(log);
    return held == null ? List.of() : held.overlapping(from, to);
  }

  @Override
  public List<PublishedBlock> published(IpnsName log, int level, long fromOrdinal) {
    @Nullable MemoryLog held = logs.get(log);
    return held == null ? List.of() : held.published(level, fromOrdinal);
  }

  @Override
  public void commit(List<LogChange> changes) {
    for (LogChange change : changes) {
      logs.computeIfAbsent(change.log(), name -> new MemoryLog()).apply(change);
    }
  }
}
