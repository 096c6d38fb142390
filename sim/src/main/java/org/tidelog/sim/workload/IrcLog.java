package org.tidelog.sim.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.availability.Session;
import org.tidelog.sim.availability.TracedAvailability;

/**
 * A transcript of an IRC channel: who said how much when, and who was there. Minutes are spread
 * over the lines in them; lines {@code ===} about joins, leaves and nicks have the time of the line
 * before. Who was heard before any join was there from the start, who never left stayed. People who
 * said nothing are left out.
 */
public final class IrcLog {
  private static final Pattern SPOKEN =
      Pattern.compile("\\[(\\d\\d):(\\d\\d)\\](?: <([^> ]+)> ?| +\\* (\\S+))(.*)");
  private static final Pattern JOINED = Pattern.compile("=== (\\S+) .*has joined #.*");
  private static final Pattern LEFT = Pattern.compile("=== (\\S+) .*has (?:left|quit).*");
  private static final Pattern RENAMED = Pattern.compile("=== (\\S+) is now known as (\\S+)");
  private static final long MINUTE_MILLIS = 60_000;
  private static final int DAY_MINUTES = 24 * 60;

  /** As importing has it: a larger step back in time is the next day. */
  private static final int STEP_BACK_MINUTES_MAX = 6 * 60;

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> people = new LinkedHashMap<>();
  private final Map<String, List<Long>> comings = new HashMap<>();
  private final Map<String, String> firstNick = new HashMap<>();
  private long nowMillis;
  private int minuteBefore = -1;
  private long day;

  /**
   * One thing said.
   *
   * @param person from 0, in the order of first words
   * @param bytes of the text, in UTF-8 or whatever it was
   */
  record Line(long millis, int person, int bytes) {}

  private IrcLog() {}

  /**
   * Reads a transcript, decoded as ISO 8859-1 so that a character is a byte.
   *
   * @throws IllegalArgumentException if nobody says anything in it
   */
  public static IrcLog parse(String latin1) {
    IrcLog log = new IrcLog();
    latin1.lines().forEach(log::read);
    if (log.people.size() < 2) {
      throw new IllegalArgumentException("not a chat of two or more people");
    }
    log.spreadMinutes();
    return log;
  }

  public int people() {
    return people.size();
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Midnight after the last line. */
  public long endMillis() {
    return (day + 1) * DAY_MINUTES * MINUTE_MILLIS;
  }

  /** When everybody was there. Who was there at the end is so until midnight. */
  public TracedAvailability availability() {
    Map<Integer, List<Session>> sessions = new HashMap<>();
    people.forEach((nick, person) -> sessions.put(person, sessions(nick)));
    return new TracedAvailability(sessions, endMillis());
  }

  private List<Session> sessions(String nick) {
    // Comings are positive, goings negative, both moved by one so that zero has a sign.
    List<Session> sessions = new ArrayList<>();
    long since = 0;
    for (long change : comings.getOrDefault(nick, List.of())) {
      if (change > 0 && since < 0) {
        since = change - 1;
      } else if (change < 0 && since >= 0) {
        if (-change - 1 > since) {
          sessions.add(new Session(since, -change - 1, Occasion.FOREGROUND));
        }
        since = -1;
      }
    }
    if (since >= 0) {
      sessions.add(new Session(since, endMillis(), Occasion.FOREGROUND));
    }
    return sessions;
  }

  private void read(String line) {
    Matcher spoken = SPOKEN.matcher(line);
    Matcher renamed = RENAMED.matcher(line);
    Matcher joined = JOINED.matcher(line);
    Matcher left = LEFT.matcher(line);
    if (spoken.matches()) {
      onSpoken(spoken);
    } else if (renamed.matches()) {
      firstNick.put(renamed.group(2), nick(renamed.group(1)));
    } else if (joined.matches()) {
      onJoined(nick(joined.group(1)));
    } else if (left.matches()) {
      comings.computeIfAbsent(nick(left.group(1)), unused -> new ArrayList<>()).add(-nowMillis - 1);
    }
  }

  private void onJoined(String nick) {
    List<Long> changes = comings.computeIfAbsent(nick, unused -> new ArrayList<>());
    if (changes.isEmpty() && !people.containsKey(nick)) {
      // Not there from the start.
      changes.add(-1L);
    }
    changes.add(nowMillis + 1);
  }

  private void onSpoken(Matcher spoken) {
    int minute = 60 * Integer.parseInt(spoken.group(1)) + Integer.parseInt(spoken.group(2));
    if (minuteBefore - minute > STEP_BACK_MINUTES_MAX) {
      day++;
    }
    minuteBefore = minute;
    nowMillis = Math.max(nowMillis, (day * DAY_MINUTES + minute) * MINUTE_MILLIS);
    String nick = nick(spoken.group(3) == null ? spoken.group(4) : spoken.group(3));
    int person = people.computeIfAbsent(nick, unused -> people.size());
    lines.add(new Line(nowMillis, person, spoken.group(5).length()));
  }

  private String nick(String nick) {
    return firstNick.getOrDefault(nick, nick);
  }

  private void spreadMinutes() {
    for (int from = 0, to; from < lines.size(); from = to) {
      long millis = lines.get(from).millis();
      to = from;
      while (to < lines.size() && lines.get(to).millis() == millis) {
        to++;
      }
      for (int i = from; i < to; i++) {
        Line line = lines.get(i);
        long moved = millis + (i - from) * MINUTE_MILLIS / (to - from);
        lines.set(i, new Line(moved, line.person(), line.bytes()));
      }
    }
  }
}
