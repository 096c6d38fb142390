package org.tidelog.sim.availability;

import java.util.Optional;
import org.tidelog.sim.kernel.Chance;

/**
 * Somebody opens an app now and then by day: exponential gaps, log-normal lengths. Figures are
 * those of onlinestatusmonitor (1,000 people) and Hintze 2014 (1,960 phones).
 */
final class Openings implements Presence {
  private final Chance chance;
  private final Habit habit;
  private long atMillis;

  /**
   * How often and how long.
   *
   * @param gapSeconds mean, active hours only
   * @param lengthSeconds mean
   * @param lengthSigma deviation of the length's logarithm
   */
  record Habit(double gapSeconds, double lengthSeconds, double lengthSigma) {
    /** 23 a day of 91.7 s: 35.15 minutes a day. The sigma is assumed. */
    static final Habit WHATSAPP = new Habit(2_726, 91.7, 1.0);

    /** 57 a day of 123 s. */
    static final Habit SCREEN = new Habit(64_800.0 / 57 - 123, 123, 1.3);

    /** The same for somebody who does so {@code scale} times as often. */
    Habit scaled(double scale) {
      double period = (gapSeconds + lengthSeconds) / scale;
      return new Habit(Math.max(1, period - lengthSeconds), lengthSeconds, lengthSigma);
    }

    double secondsPerDay() {
      return ActiveHours.LENGTH_MILLIS / 1e3 / (gapSeconds + lengthSeconds) * lengthSeconds;
    }
  }

  Openings(Chance chance, Habit habit) {
    this.chance = chance;
    this.habit = habit;
  }

  @Override
  public Optional<Session> next() {
    long start = ActiveHours.after(atMillis, 1e3 * chance.exponential(habit.gapSeconds()));
    double length = chance.logNormal(habit.lengthSeconds(), habit.lengthSigma());
    atMillis = start + Math.max(1, (long) (1e3 * length));
    return Optional.of(new Session(start, atMillis, Occasion.FOREGROUND));
  }
}
