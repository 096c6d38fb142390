package org.tidelog.log.sync;

import org.tidelog.log.entry.Limits;

/**
 * How much of a log is wanted here.
 *
 * @param from no entry before this position
 * @param newest at most so many entries, those before the log's end
 * @param sinceMillis slices whose oldest entry is before this time are the last that are asked for
 */
public record Wish(long from, long newest, long sinceMillis) {
  public static final Wish ALL = new Wish(0, Limits.SIZE_MAX, 0);
  public static final Wish NOTHING = new Wish(0, 0, 0);

  public Wish {
    if (from < 0 || newest < 0 || sinceMillis < 0) {
      throw new IllegalArgumentException(
          "from: " + from + ", newest: " + newest + ", sinceMillis: " + sinceMillis);
    }
  }

  public static Wish from(long seq) {
    return new Wish(seq, Limits.SIZE_MAX, 0);
  }

  public static Wish newest(long entries) {
    return new Wish(0, entries, 0);
  }

  public static Wish since(long millis) {
    return new Wish(0, Limits.SIZE_MAX, millis);
  }

  public boolean isNothing() {
    return newest == 0;
  }

  /** The first position wanted of a log of this size. */
  long low(long size) {
    return Math.min(size, Math.max(from, size - newest));
  }
}
