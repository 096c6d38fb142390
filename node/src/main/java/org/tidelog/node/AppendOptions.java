package org.tidelog.node;

import java.time.Duration;
import java.util.Optional;

/**
 * How long an entry's payload is to live.
 *
 * @param timeToLive it may be dropped everywhere after that, 1 ms or more
 * @param deletable salted, so that once it is deleted nobody can test guesses of what it said
 */
public record AppendOptions(Optional<Duration> timeToLive, boolean deletable) {
  public AppendOptions {
    if (timeToLive.isPresent() && timeToLive.get().compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("timeToLive: " + timeToLive.get());
    }
  }

  public static AppendOptions defaults() {
    return new AppendOptions(Optional.empty(), false);
  }
}
