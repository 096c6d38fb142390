package org.tidelog.sim.availability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Presence from a list of sessions, which begins again from its start when it is over: who was
 * there from ten to eleven is back a day later. A device without sessions is always there.
 */
public final class TracedAvailability implements Availability {
  private static final double DAY_SECONDS = 86_400;

  private final Map<Integer, List<Session>> sessions;
  private final long periodMillis;

  /**
   * Sessions by device, those of one device in any order; {@code periodMillis} is at least as late
   * as the last one's end.
   */
  public TracedAvailability(Map<Integer, List<Session>> sessions, long periodMillis) {
    this.sessions = new TreeMap<>();
    sessions.forEach((device, list) -> this.sessions.put(device, joined(list)));
    this.periodMillis = periodMillis;
  }

  /**
   * Reads lines {@code device,start_s,end_s} (decimal seconds); a first line that begins with a
   * letter and lines that begin with # are skipped. Repeats after whole days.
   *
   * @throws IllegalArgumentException at a line that is none, with its number
   */
  public static TracedAvailability parse(String csv) {
    Map<Integer, List<Session>> sessions = new TreeMap<>();
    long last = 1;
    List<String> lines = csv.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()
          || line.startsWith("#")
          || (i == 0 && Character.isLetter(line.charAt(0)))) {
        continue;
      }
      Session session = session(line, i + 1);
      int device = Integer.parseInt(line.substring(0, line.indexOf(',')).strip());
      sessions.computeIfAbsent(device, unused -> new ArrayList<>()).add(session);
      last = Math.max(last, session.endMillis());
    }
    long days = (last + ActiveHours.DAY_MILLIS - 1) / ActiveHours.DAY_MILLIS;
    return new TracedAvailability(sessions, days * ActiveHours.DAY_MILLIS);
  }

  @Override
  public Presence of(int device) {
    List<Session> own = sessions.get(device);
    if (own == null || own.isEmpty()) {
      return new Listed(List.of(new Session(0, Session.FOREVER, Occasion.FOREGROUND)));
    }
    return new Repeated(own, periodMillis);
  }

  @Override
  public double foregroundSecondsPerDay() {
    if (sessions.isEmpty()) {
      return DAY_SECONDS;
    }
    double total =
        sessions.values().stream()
            .flatMap(List::stream)
            .mapToDouble(session -> session.endMillis() - session.startMillis())
            .sum();
    return total / sessions.size() / periodMillis * DAY_SECONDS;
  }

  private static Session session(String line, int number) {
    String[] fields = line.split(",", -1);
    try {
      if (fields.length == 3 && Integer.parseInt(fields[0].strip()) >= 0) {
        return new Session(
            (long) (1e3 * Double.parseDouble(fields[1])),
            (long) (1e3 * Double.parseDouble(fields[2])),
            Occasion.FOREGROUND);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "line " + number + ": '" + line + "' is not device,start_s,end_s");
  }

  private static List<Session> joined(List<Session> list) {
    List<Session> sorted = new ArrayList<>(list);
    sorted.sort(Comparator.comparingLong(Session::startMillis));
    List<Session> joined = new ArrayList<>();
    for (Session session : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).endMillis() >= session.startMillis()) {
        Session before = joined.get(last);
        long end = Math.max(before.endMillis(), session.endMillis());
        joined.set(last, new Session(before.startMillis(), end, before.occasion()));
      } else {
        joined.add(session);
      }
    }
    return joined;
  }

  /** The same sessions in every period. */
  private static final class Repeated implements Presence {
    private final List<Session> sessions;
    private final long periodMillis;
    private long given;

    Repeated(List<Session> sessions, long periodMillis) {
      this.sessions = sessions;
      this.periodMillis = periodMillis;
    }

    @Override
    public Optional<Session> next() {
      int size = sessions.size();
      Session session = sessions.get((int) (given % size)).shifted(given / size * periodMillis);
      given++;
      return Optional.of(session);
    }
  }
}
