package org.tidelog.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a home is opened.
 *
 * @param mirrors layers to publish to and read from, folders; empty: those the home remembers, else
 *     the home's own
 * @param time what the clock says
 * @param lockWait how long to wait for another process to leave the home
 * @param publishAfter how long an append waits for others before it is published by itself; empty:
 *     only when asked
 */
public record TidelogOptions(
    Passphrase passphrase,
    List<String> mirrors,
    TimeSource time,
    Duration lockWait,
    Optional<Duration> publishAfter) {
  public TidelogOptions {
    mirrors = List.copyOf(mirrors);
  }

  /**
   * The home's own mirror, the system's clock, two seconds for the lock; nothing is published
   * unasked.
   */
  public static TidelogOptions defaults() {
    return new TidelogOptions(
        Passphrase.none(), List.of(), TimeSource.system(), Duration.ofSeconds(2), Optional.empty());
  }

  public TidelogOptions withPassphrase(Passphrase other) {
    return new TidelogOptions(other, mirrors, time, lockWait, publishAfter);
  }

  public TidelogOptions withMirrors(List<String> other) {
    return new TidelogOptions(passphrase, other, time, lockWait, publishAfter);
  }

  public TidelogOptions withTime(TimeSource other) {
    return new TidelogOptions(passphrase, mirrors, other, lockWait, publishAfter);
  }

  public TidelogOptions withLockWait(Duration other) {
    return new TidelogOptions(passphrase, mirrors, time, other, publishAfter);
  }

  public TidelogOptions withPublishAfter(Duration window) {
    return new TidelogOptions(passphrase, mirrors, time, lockWait, Optional.of(window));
  }
}
