package org.tidelog.node.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelog.node.Draft;
import picocli.CommandLine.TypeConversionException;

/** Times and lengths of time as they are typed. */
final class TimeWords {
  private static final Pattern LENGTH = Pattern.compile("(0*[1-9][0-9]{0,5})([smhdw])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  private TimeWords() {}

  /** {@code 90s}, {@code 15m}, {@code 12h}, {@code 7d} or {@code 2w}. */
  static Duration duration(String text) {
    Matcher parts = LENGTH.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a length of time, such as 90s, 15m, 12h, 7d or 2w");
    }
    Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
    return unit.multipliedBy(Long.parseLong(parts.group(1)));
  }

  private static <T> T inRange(T value, Instant time, String text) {
    if (Draft.isTime(time)) {
      return value;
    }
    throw new TypeConversionException("'" + text + "' is before 1970 or after 9998");
  }

  /** {@code 2026-01-31}. */
  static LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      return inRange(day, day.atStartOfDay(ZoneOffset.UTC).toInstant(), text);
    } catch (DateTimeException e) {
      throw new TypeConversionException("'" + text + "' is not a day, such as 2026-01-31");
    }
  }

  /** RFC 3339, or a date alone for its beginning in UTC. */
  static Instant instant(String text) {
    try {
      Instant time =
          text.indexOf('T') < 0 && text.indexOf('t') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      return inRange(time, time, text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time, such as 2026-01-31T12:00:00Z");
    }
  }
}
