package org.tidelog.log.memory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.spi.NameSystem;

/** Records in memory. Used by one thread at a time. */
public final class MemoryNameSystem implements NameSystem {
  private final SortedMap<IpnsName, byte[]> records = new TreeMap<>();
  private final SortedMap<IpnsName, byte[]> forkProofs = new TreeMap<>();

  @Override
  public String describe() {
    return "memory";
  }

  /** All names that have a record, ascending. */
  public List<IpnsName> names() {
    return List.copyOf(records.keySet());
  }

  @Override
  public Optional<byte[]> get(IpnsName name) throws IOException {
    byte @Nullable [] record = records.get(name);
    if (record == null) return Optional.empty();
    if (record.length > RECORD_BYTES_MAX) {
      throw new IOException("record of " + name.text() + ": over " + RECORD_BYTES_MAX + " bytes");
    }
    return Optional.of(record.clone());
  }

  @Override
  public void put(IpnsName name, byte[] record) {
    records.put(name, record.clone());
  }

  @Override
  public Optional<byte[]> forkProof(IpnsName name) {
    return Optional.ofNullable(forkProofs.get(name)).map(byte[]::clone);
  }

  @Override
  public void putForkProof(IpnsName name, byte[] proof) {
    forkProofs.put(name, proof.clone());
  }
}
