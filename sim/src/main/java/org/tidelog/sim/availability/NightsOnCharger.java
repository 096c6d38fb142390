package org.tidelog.sim.availability;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidelog.sim.kernel.Chance;

/**
 * On the charger and Wi-Fi in 85 of 100 nights, from about 23:30 for about 7 hours: when phones
 * take part in federated learning.
 */
final class NightsOnCharger implements Presence {
  private static final double SHARE_OF_NIGHTS = 0.85;
  private static final double BEGIN_MILLIS = TimeUnit.MINUTES.toMillis(23 * 60 + 30);
  private static final double BEGIN_DEVIATION = TimeUnit.HOURS.toMillis(1);
  private static final double LENGTH_MILLIS = TimeUnit.HOURS.toMillis(7);
  private static final double LENGTH_DEVIATION = TimeUnit.MINUTES.toMillis(90);

  /** A night ends before the next one may begin. */
  private static final double LENGTH_MAX = TimeUnit.HOURS.toMillis(16);

  private final Chance chance;
  private long day;
  private long endBeforeMillis = -1;

  NightsOnCharger(Chance chance) {
    this.chance = chance;
  }

  @Override
  public Optional<Session> next() {
    day += chance.geometric(SHARE_OF_NIGHTS);
    double begin = BEGIN_MILLIS + BEGIN_DEVIATION * chance.gaussian();
    double length = LENGTH_MILLIS + LENGTH_DEVIATION * chance.gaussian();
    long start = Math.max((day - 1) * ActiveHours.DAY_MILLIS + (long) begin, endBeforeMillis + 1);
    endBeforeMillis = start + (long) Math.max(60_000, Math.min(LENGTH_MAX, length));
    return Optional.of(new Session(start, endBeforeMillis, Occasion.CHARGING));
  }
}
