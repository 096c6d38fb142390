package org.tidelog.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a home is opened.
 *
 * @param mirrors layers to publish to and read from: folders, {@code kubo:URL}, {@code
 *     gateway:URL}, {@code delegated:URL}, {@code pin:URL}; empty: those the home remembers, else
 *     the home's own
 * @param time what the clock says
 * @param lockWait how long to wait for another process to leave the home
 * @param publishAfter how long an append waits for others before it is published by itself; empty:
 *     only when asked
 * @param notices told what happens on the way and a person should know, by the thread that works;
 *     it must not call back
 * @param tokens secrets for places of the mirror, beside those in the home's file {@code tokens}
 */
public record TidelogOptions(
    Passphrase passphrase,
    List<String> mirrors,
    TimeSource time,
    Duration lockWait,
    Optional<Duration> publishAfter,
    Consumer<Notice> notices,
    Tokens tokens) {
  public TidelogOptions {
    mirrors = List.copyOf(mirrors);
  }

  /**
   * The home's own mirror, the system's clock, two seconds for the lock; nothing is published
   * unasked.
   */
  public static TidelogOptions defaults() {
    return new TidelogOptions(
        Passphrase.none(),
        List.of(),
        TimeSource.system(),
        Duration.ofSeconds(2),
        Optional.empty(),
        notice -> {},
        Tokens.none());
  }

  public TidelogOptions withPassphrase(Passphrase other) {
    return new TidelogOptions(other, mirrors, time, lockWait, publishAfter, notices, tokens);
  }

  public TidelogOptions withMirrors(List<String> other) {
    return new TidelogOptions(passphrase, other, time, lockWait, publishAfter, notices, tokens);
  }

  public TidelogOptions withTime(TimeSource other) {
    return new TidelogOptions(passphrase, mirrors, other, lockWait, publishAfter, notices, tokens);
  }

  public TidelogOptions withLockWait(Duration other) {
    return new TidelogOptions(passphrase, mirrors, time, other, publishAfter, notices, tokens);
  }

  public TidelogOptions withPublishAfter(Duration window) {
    return new TidelogOptions(
        passphrase, mirrors, time, lockWait, Optional.of(window), notices, tokens);
  }

  public TidelogOptions withNotices(Consumer<Notice> listener) {
    return new TidelogOptions(passphrase, mirrors, time, lockWait, publishAfter, listener, tokens);
  }

  public TidelogOptions withTokens(Tokens other) {
    return new TidelogOptions(passphrase, mirrors, time, lockWait, publishAfter, notices, other);
  }
}
