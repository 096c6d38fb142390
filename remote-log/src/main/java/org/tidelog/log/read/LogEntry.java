package org.tidelog.log.read;

import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;

/**
 * An entry with its parents by name: those whose alias could be read.
 *
 * @param stream what it is read from: its log, or a second branch of that
 */
public record LogEntry(Entry entry, List<Parent> parents, IpnsName stream) {
  public LogEntry {
    parents = List.copyOf(parents);
  }

  public LogEntry(Entry entry, List<Parent> parents) {
    this(entry, parents, entry.header().log());
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
