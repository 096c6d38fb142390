package org.tidelog.crypto.ipns;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tidelog.crypto.MalformedException;

/**
 * An instant as RFC 3339 text: nine digits of fraction and {@code Z} on write, any of its forms on
 * read.
 */
final class ValidityText {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int LENGTH_MAX = 35;

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ValidityText() {}

  static void check(Instant instant) {
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException("validity: " + instant);
    }
  }

  static byte[] write(Instant instant) {
    return NANOSECONDS.format(instant).getBytes(StandardCharsets.US_ASCII);
  }

  static Instant parse(byte[] text) throws MalformedException {
    if (text.length > LENGTH_MAX) {
      throw new MalformedException("validity of " + text.length + " bytes");
    }
    String ascii = new String(text, StandardCharsets.ISO_8859_1);
    if (!RFC_3339.matcher(ascii).matches()) throw new MalformedException("validity not RFC 3339");
    try {
      Instant instant = OffsetDateTime.parse(ascii).toInstant();
      check(instant);
      return instant;
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new MalformedException("validity that is no time", e);
    }
  }
}
