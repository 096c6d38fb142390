package org.tidelog.replicator.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.replicator.spi.DeviceStore;

/** A device's store in memory. Used by one thread at a time; nothing is durable. */
public final class MemoryDeviceStore implements DeviceStore {
  private final MemoryLogStore logs = new MemoryLogStore();
  private final SortedMap<String, byte[]> values = new TreeMap<>();

  @Override
  public List<IpnsName> logs() {
    return logs.logs();
  }

  @Override
  public Optional<StoredLog> log(IpnsName log) {
    return logs.log(log);
  }

  @Override
  public List<StoredSlice> slices(IpnsName log, long from, long to, long bytesMax) {
    return logs.slices(log, from, to, bytesMax);
  }

  @Override
  public List<SliceOutline> outlines(IpnsName log, long from, long to) {
    return logs.outlines(log, from, to);
  }

  @Override
  public List<PublishedBlock> published(IpnsName log, int level, long fromOrdinal) {
    return logs.published(log, level, fromOrdinal);
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(values.get(key)).map(byte[]::clone);
  }

  @Override
  public SortedMap<String, byte[]> withPrefix(String prefix) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (Map.Entry<String, byte[]> value : values.tailMap(prefix).entrySet()) {
      if (!value.getKey().startsWith(prefix)) break;
      found.put(value.getKey(), value.getValue().clone());
    }
    return found;
  }

  @Override
  public SortedMap<String, byte[]> between(String from, String to, int max) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (Map.Entry<String, byte[]> value : values.subMap(from, to).entrySet()) {
      if (found.size() == max) break;
      found.put(value.getKey(), value.getValue().clone());
    }
    return found;
  }

  @Override
  public void scrub() {}

  @Override
  public void commit(List<LogChange> changes, Map<String, Optional<byte[]>> changedValues) {
    logs.commit(changes);
    changedValues.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            values.put(key, value.get().clone());
          } else {
            values.remove(key);
          }
        });
  }

  /** Always 0: nothing of it is on disk. */
  @Override
  public long storeBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
