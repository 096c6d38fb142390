package org.tidelog.node.cli.export;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How days are called. */
final class Days {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  private Days() {}

  /** {@code Saturday, 31 January 2026}. */
  static String name(LocalDate day) {
    return NAME.format(day);
  }
}
