package org.tidelog.sim.availability;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidelog.sim.kernel.Chance;

/**
 * What Android lets an app do in the background: by day a run of 30 s every 15 minutes and an
 * exponential 15 more, by night windows of a minute 1 and 3 hours after midnight, as deep doze
 * doubles its gaps (defaults of AOSP's DeviceIdleController).
 */
final class DozeRuns implements Presence {
  private static final long RUN_MILLIS = TimeUnit.SECONDS.toMillis(30);
  private static final double GAP_MILLIS = TimeUnit.MINUTES.toMillis(15);
  private static final long WINDOW_MILLIS = TimeUnit.SECONDS.toMillis(60);
  private static final long[] WINDOWS_AFTER_MILLIS = {
    TimeUnit.HOURS.toMillis(1), TimeUnit.HOURS.toMillis(3)
  };

  private final Chance chance;
  private long atMillis;

  DozeRuns(Chance chance) {
    this.chance = chance;
  }

  @Override
  public Optional<Session> next() {
    if (ActiveHours.isNight(atMillis)) {
      long midnight = atMillis - Math.floorMod(atMillis, ActiveHours.DAY_MILLIS);
      for (long after : WINDOWS_AFTER_MILLIS) {
        if (midnight + after >= atMillis) {
          return session(midnight + after, WINDOW_MILLIS);
        }
      }
      atMillis = midnight + ActiveHours.BEGIN_MILLIS;
    }
    long next = atMillis + (long) (GAP_MILLIS + chance.exponential(GAP_MILLIS));
    if (ActiveHours.isNight(next)) {
      // The day is over before its turn: the night's windows come first.
      atMillis = next - Math.floorMod(next, ActiveHours.DAY_MILLIS);
      return next();
    }
    return session(next, RUN_MILLIS);
  }

  private Optional<Session> session(long startMillis, long lengthMillis) {
    atMillis = startMillis + lengthMillis;
    return Optional.of(new Session(startMillis, atMillis, Occasion.BACKGROUND));
  }
}
