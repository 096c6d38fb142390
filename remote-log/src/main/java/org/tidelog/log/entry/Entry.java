package org.tidelog.log.entry;

import java.util.Optional;
import org.tidelog.crypto.Digest;

/**
 * One item of a log, read from a slice whose ids have been checked.
 *
 * @param payload as stored; empty where the bytes are not there
 */
public record Entry(EntryHeader header, Digest id, Optional<byte[]> payload) {
  public long seq() {
    return header.seq();
  }

  public EntryKind kind() {
    return header.kind();
  }

  public long timeMillis() {
    return header.timeMillis();
  }
}
