package org.tidelog.node;

import java.time.Instant;

/** What the wall clock says. */
@FunctionalInterface
public interface TimeSource {
  Instant now();

  static TimeSource system() {
    return Instant::now;
  }

  /** A clock that stands still, for tests and imports that are to give the same bytes each time. */
  static TimeSource fixed(Instant instant) {
    return () -> instant;
  }
}
