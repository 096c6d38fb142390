package org.tidelog.sim.availability;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidelog.sim.kernel.Chance;

/**
 * What iOS lets an app do in the background: some refreshes of 25 s by day, and 180 s of processing
 * between 02 and 05. How many is nowhere published: 4 is assumed, and worth a sweep.
 */
final class RefreshRuns implements Presence {
  private static final long REFRESH_MILLIS = TimeUnit.SECONDS.toMillis(25);
  private static final long PROCESSING_MILLIS = TimeUnit.SECONDS.toMillis(180);
  private static final double PROCESSING_FROM = TimeUnit.HOURS.toMillis(2);
  private static final double PROCESSING_TO = TimeUnit.HOURS.toMillis(5);

  private final Chance chance;
  private final long[] startsMillis;
  private int next;
  private long day = -1;
  private long endBeforeMillis;

  RefreshRuns(Chance chance, int refreshesPerDay) {
    this.chance = chance;
    this.startsMillis = new long[refreshesPerDay + 1];
    this.next = startsMillis.length;
  }

  @Override
  public Optional<Session> next() {
    if (next == startsMillis.length) {
      drawDay();
    }
    boolean isProcessing = next == 0;
    long start = Math.max(startsMillis[next++], endBeforeMillis + 1);
    endBeforeMillis = start + (isProcessing ? PROCESSING_MILLIS : REFRESH_MILLIS);
    return Optional.of(new Session(start, endBeforeMillis, Occasion.BACKGROUND));
  }

  private void drawDay() {
    day++;
    long midnight = day * ActiveHours.DAY_MILLIS;
    startsMillis[0] = midnight + (long) chance.uniform(PROCESSING_FROM, PROCESSING_TO);
    for (int i = 1; i < startsMillis.length; i++) {
      startsMillis[i] =
          midnight
              + (long)
                  chance.uniform(
                      (double) ActiveHours.BEGIN_MILLIS, (double) ActiveHours.DAY_MILLIS);
    }
    Arrays.sort(startsMillis, 1, startsMillis.length);
    next = 0;
  }
}
