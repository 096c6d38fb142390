package org.tidelog.benchmarks;

import java.time.Instant;
import org.tidelog.node.TimeSource;

/** The time of what is replayed: it never goes back. Owned by one thread. */
final class ChatClock implements TimeSource {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  ChatClock() {}

  ChatClock(Instant start) {
    now = start;
  }

  @Override
  public Instant now() {
    return now;
  }

  void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  void reach(Instant time) {
    if (time.isAfter(now)) now = time;
  }
}
