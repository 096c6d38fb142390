package org.tidelog.node.cli.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Writes values as JSON, without spaces or line breaks: strings, booleans, integers, instants (RFC
 * 3339, UTC, milliseconds), and lists and {@link Fields} of those. There are no floating-point
 * numbers, so integers stay exact.
 */
final class Json {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  static String text(Fields fields) {
    StringBuilder json = new StringBuilder();
    write(fields, json);
    return json.toString();
  }

  private static void write(Object value, StringBuilder json) {
    if (value instanceof String text) {
      quote(text, json);
    } else if (value instanceof Boolean || value instanceof Long || value instanceof Integer) {
      json.append(value);
    } else if (value instanceof Instant time) {
      quote(RFC_3339.format(time), json);
    } else if (value instanceof Iterable<?> list) {
      writeList(list, json);
    } else if (value instanceof Fields fields) {
      writeObject(fields, json);
    } else {
      throw new AssertionError("not for JSON: " + value.getClass());
    }
  }

  private static void writeList(Iterable<?> list, StringBuilder json) {
    json.append('[');
    Iterator<?> items = list.iterator();
    while (items.hasNext()) {
      write(items.next(), json);
      if (items.hasNext()) {
        json.append(',');
      }
    }
    json.append(']');
  }

  private static void writeObject(Fields fields, StringBuilder json) {
    json.append('{');
    Iterator<Map.Entry<String, Object>> entries = fields.asMap().entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Object> entry = entries.next();
      quote(entry.getKey(), json);
      json.append(':');
      write(entry.getValue(), json);
      if (entries.hasNext()) {
        json.append(',');
      }
    }
    json.append('}');
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i), json);
    }
    json.append('"');
  }

  private static void append(char c, StringBuilder json) {
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        // Line separators and control characters would make of one line several on some terminals.
        if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
          json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          json.append(c);
        }
      }
    }
  }
}
