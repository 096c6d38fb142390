package org.tidelog.log.entry;

/** Positions {@code [from, to)} of a log. */
public record SeqRange(long from, long to) implements Comparable<SeqRange> {
  public SeqRange {
    if (from < 0 || to <= from)
      throw new IllegalArgumentException("range: [" + from + ", " + to + ")");
  }

  public long length() {
    return to - from;
  }

  @Override
  public int compareTo(SeqRange other) {
    return from != other.from ? Long.compare(from, other.from) : Long.compare(to, other.to);
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
