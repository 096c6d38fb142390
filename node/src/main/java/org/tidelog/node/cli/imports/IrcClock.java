package org.tidelog.node.cli.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Gives the lines of a transcript their days. A transcript says the minute of the day only: a time
 * that goes back by over 6 hours from the line before is the next day, a smaller step back is a
 * late line of the same day.
 */
public final class IrcClock {
  private static final int STEP_BACK_MINUTES_MAX = 6 * 60;

  private LocalDate day;
  private int minuteBefore;

  /** {@code day} is the first line's, in UTC. */
  public IrcClock(LocalDate day) {
    this.day = day;
  }

  /**
   * The time of the next line. Every line of the file has to be told, in order, whoever wrote it.
   */
  public Instant time(int minuteOfDay) {
    if (minuteBefore - minuteOfDay > STEP_BACK_MINUTES_MAX) {
      day = day.plusDays(1);
    }
    minuteBefore = minuteOfDay;
    return day.atStartOfDay(ZoneOffset.UTC).plusMinutes(minuteOfDay).toInstant();
  }
}
