package org.tidelog.node.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people say them. */
public final class Words {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");

  private Words() {}

  /** With its digits in groups: {@code 12,345}. */
  public static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 entry}, {@code 12 entries}. */
  public static String count(long count, String one, String many) {
    return number(count) + " " + (count == 1 ? one : many);
  }

  /** With three digits and a decimal unit: {@code 999 B}, {@code 1.23 kB}, {@code 45.6 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    String digits = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits + " %s", value, UNITS.get(unit));
  }

  /** {@code 2.41}: how many bytes for each byte delivered; {@code -} where nothing was. */
  public static String ratio(long bytes, long delivered) {
    return delivered == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) bytes / delivered);
  }

  /** Date and minute where the person is. */
  public static String minute(Instant time) {
    return MINUTE.withZone(ZoneId.systemDefault()).format(time);
  }

  /** {@code just now}, {@code 5 minutes ago}, {@code in 3 days}. */
  public static String ago(Instant time, Instant now) {
    Duration age = Duration.between(time, now);
    if (age.abs().toSeconds() < 60) {
      return "just now";
    }
    String length = length(age.abs());
    return age.isNegative() ? "in " + length : length + " ago";
  }

  private static String length(Duration age) {
    if (age.toMinutes() < 60) {
      return count(age.toMinutes(), "minute", "minutes");
    }
    if (age.toHours() < 48) {
      return count(age.toHours(), "hour", "hours");
    }
    return age.toDays() < 730
        ? count(age.toDays(), "day", "days")
        : count(age.toDays() / 365, "year", "years");
  }

  /** {@code 340 ms}, {@code 2.5 s}. */
  public static String millis(long millis) {
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
