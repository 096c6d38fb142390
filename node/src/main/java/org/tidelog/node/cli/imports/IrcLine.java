package org.tidelog.node.cli.imports;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line of an IRC transcript: {@code [hh:mm] <nick> text}, or {@code [hh:mm] * nick does} for an
 * action. Bytes, because old transcripts mix encodings.
 *
 * @param minuteOfDay 0 to 1439
 * @param nick not empty
 * @param text what the person said; of an action {@code /me does}; may be empty
 */
public record IrcLine(int minuteOfDay, byte[] nick, byte[] text) {
  private static final int STAMP_BYTES = "[hh:mm]".length();
  private static final byte[] ACTION = {'/', 'm', 'e'};

  /** True for joins, leaves and changes of nick, which have no time of their own. */
  public static boolean isServerLine(byte[] line) {
    return line.length >= 3 && line[0] == '=' && line[1] == '=' && line[2] == '=';
  }

  /** The line, or nothing if it does not look like one. */
  public static Optional<IrcLine> parse(byte[] line) {
    int minute = minuteOfDay(line);
    if (minute < 0) {
      return Optional.empty();
    }
    if (hasAt(line, STAMP_BYTES, ' ') && hasAt(line, STAMP_BYTES + 1, '<')) {
      return spoken(minute, line, STAMP_BYTES + 2);
    }
    int star = skipSpaces(line, STAMP_BYTES);
    if (hasAt(line, star, '*') && hasAt(line, star + 1, ' ')) {
      return action(minute, line, star + 2);
    }
    return Optional.empty();
  }

  /** The nick as text, for showing; bytes that are not UTF-8 are replaced. */
  public String nickText() {
    return new String(nick, StandardCharsets.UTF_8);
  }

  /** {@code <nick> text}, as it stands in a transcript of several people. */
  public byte[] attributed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(nick.length + text.length + 3);
    bytes.write('<');
    bytes.write(nick, 0, nick.length);
    bytes.write('>');
    bytes.write(' ');
    bytes.write(text, 0, text.length);
    return bytes.toByteArray();
  }

  private static Optional<IrcLine> spoken(int minute, byte[] line, int nickStart) {
    int close = indexOf(line, '>', nickStart);
    if (close <= nickStart) {
      return Optional.empty();
    }
    int textStart = hasAt(line, close + 1, ' ') ? close + 2 : close + 1;
    return Optional.of(
        new IrcLine(minute, Arrays.copyOfRange(line, nickStart, close), from(line, textStart)));
  }

  private static Optional<IrcLine> action(int minute, byte[] line, int nickStart) {
    int space = indexOf(line, ' ', nickStart);
    int nickEnd = space < 0 ? line.length : space;
    if (nickEnd == nickStart) {
      return Optional.empty();
    }
    byte[] deed = from(line, nickEnd);
    byte[] text = Arrays.copyOf(ACTION, ACTION.length + deed.length);
    System.arraycopy(deed, 0, text, ACTION.length, deed.length);
    return Optional.of(new IrcLine(minute, Arrays.copyOfRange(line, nickStart, nickEnd), text));
  }

  private static int minuteOfDay(byte[] line) {
    if (!hasAt(line, 0, '[') || !hasAt(line, 3, ':') || !hasAt(line, STAMP_BYTES - 1, ']')) {
      return -1;
    }
    int hours = twoDigits(line, 1);
    int minutes = twoDigits(line, 4);
    return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
  }

  private static int twoDigits(byte[] line, int at) {
    int tens = line[at] - '0';
    int ones = line[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static int skipSpaces(byte[] line, int from) {
    int at = from;
    while (hasAt(line, at, ' ')) {
      at++;
    }
    return at;
  }

  private static byte[] from(byte[] line, int start) {
    return Arrays.copyOfRange(line, start, line.length);
  }

  private static int indexOf(byte[] line, char wanted, int from) {
    for (int i = from; i < line.length; i++) {
      if (line[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean hasAt(byte[] line, int at, char wanted) {
    return at < line.length && line[at] == wanted;
  }
}
