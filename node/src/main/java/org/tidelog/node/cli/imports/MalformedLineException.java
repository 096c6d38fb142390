package org.tidelog.node.cli.imports;

import java.nio.charset.StandardCharsets;

/**
 * A line that does not fit the format of its file. The message names the line by its number, from
 * 1.
 */
public final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Enough of a line to recognise it. */
  private static final int EXCERPT_CHARS_MAX = 60;

  private final long number;

  MalformedLineException(long number, String why) {
    super("line " + number + ": " + why);
    this.number = number;
  }

  /** With the beginning of the line, made printable. */
  static MalformedLineException quoting(long number, String why, byte[] line) {
    return new MalformedLineException(number, why + ": " + excerpt(line));
  }

  /** The line's number, from 1. */
  public long number() {
    return number;
  }

  private static String excerpt(byte[] line) {
    int shown = Math.min(line.length, EXCERPT_CHARS_MAX);
    String text = new String(line, 0, shown, StandardCharsets.UTF_8);
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return quoted.append(line.length > shown ? "…\"" : "\"").toString();
  }
}
