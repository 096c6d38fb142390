package org.tidelog.log.read;

import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;

/** An entry with its parents by name: those whose alias could be read. */
public record LogEntry(Entry entry, List<Parent> parents) {
  public LogEntry {
    parents = List.copyOf(parents);
  }

  /** Entry {@code seq} of another log, which the author had seen. */
  public record Parent(IpnsName log, long seq) {}

  public IpnsName log() {
    return entry.header().log();
  }

  public long seq() {
    return entry.seq();
  }

  public long timeMillis() {
    return entry.timeMillis();
  }
}
