package org.tidelog.node.cli.demo;

import java.time.Duration;
import java.time.Instant;
import org.tidelog.node.TimeSource;

/**
 * The time of the chat: it moves as people speak, and never back. Owned by the thread that runs the
 * demonstration.
 */
final class DemoClock implements TimeSource {
  // Read by whatever thread a home works in.
  private volatile Instant now;

  DemoClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant now() {
    return now;
  }

  void reach(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }
}
