package org.tidelog.sim.availability;

import java.util.concurrent.TimeUnit;

/** The hours of a day in which somebody may pick the phone up: 06 to 24 local time. */
final class ActiveHours {
  static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  static final long BEGIN_MILLIS = TimeUnit.HOURS.toMillis(6);
  static final long LENGTH_MILLIS = DAY_MILLIS - BEGIN_MILLIS;

  private ActiveHours() {}

  /** The time that many active milliseconds after {@code fromMillis}; night does not count. */
  static long after(long fromMillis, double activeMillis) {
    long day = Math.floorDiv(fromMillis, DAY_MILLIS);
    double sinceBegin = Math.max(0, Math.floorMod(fromMillis, DAY_MILLIS) - BEGIN_MILLIS);
    double total = sinceBegin + activeMillis;
    long days = (long) (total / LENGTH_MILLIS);
    return (day + days) * DAY_MILLIS
        + BEGIN_MILLIS
        + (long) (total - days * (double) LENGTH_MILLIS);
  }

  static boolean isNight(long millis) {
    return Math.floorMod(millis, DAY_MILLIS) < BEGIN_MILLIS;
  }
}
