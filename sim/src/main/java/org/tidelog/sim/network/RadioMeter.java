package org.tidelog.sim.network;

/** How long one device's radio has been on, and how often it woke up. */
public final class RadioMeter {
  private long onUntilMicros = Long.MIN_VALUE;
  private long onMicros;
  private long wakeUps;

  /** The radio carries something from {@code fromMicros} to {@code toMicros}. */
  public void active(Radio radio, long fromMicros, long toMicros) {
    long until = toMicros + radio.tailMillis() * 1_000;
    if (fromMicros > onUntilMicros) {
      wakeUps++;
      onMicros += radio.promotionMillis() * 1_000 + until - fromMicros;
      onUntilMicros = until;
    } else if (until > onUntilMicros) {
      onMicros += until - onUntilMicros;
      onUntilMicros = until;
    }
  }

  public long wakeUps() {
    return wakeUps;
  }

  public double onSeconds() {
    return onMicros / 1e6;
  }
}
