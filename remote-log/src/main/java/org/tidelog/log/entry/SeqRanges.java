package org.tidelog.log.entry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/** A set of positions as disjoint, non-adjacent ranges in ascending order. Immutable. */
public final class SeqRanges {
  private static final SeqRanges NONE = new SeqRanges(List.of());

  private final List<SeqRange> ranges;

  private SeqRanges(List<SeqRange> ranges) {
    this.ranges = ranges;
  }

  public static SeqRanges none() {
    return NONE;
  }

  /** The union of ranges in any order. */
  public static SeqRanges of(List<SeqRange> any) {
    List<SeqRange> sorted = new ArrayList<>(any);
    Collections.sort(sorted);
    List<SeqRange> merged = new ArrayList<>();
    for (SeqRange next : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && next.from() <= merged.get(last).to()) {
        SeqRange before = merged.get(last);
        merged.set(last, new SeqRange(before.from(), Math.max(before.to(), next.to())));
      } else {
        merged.add(next);
      }
    }
    return new SeqRanges(List.copyOf(merged));
  }

  /**
   * Reads ascending gaps and lengths, as {@link #encode} writes them.
   *
   * @param rangesMax more are refused
   */
  public static SeqRanges parse(byte[] bytes, int rangesMax) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    List<SeqRange> ranges = new ArrayList<>();
    long at = 0;
    while (in.remaining() > 0) {
      long gap = in.varint();
      long length = in.varint();
      if (length == 0 || gap > Limits.SIZE_MAX - at || length > Limits.SIZE_MAX - at - gap) {
        throw new MalformedException("range of " + length + " entries after " + at);
      }
      if (gap == 0 && !ranges.isEmpty()) throw new MalformedException("adjacent ranges at " + at);
      ranges.add(new SeqRange(at + gap, at + gap + length));
      at += gap + length;
      if (ranges.size() > rangesMax) throw new MalformedException("over " + rangesMax + " ranges");
    }
    return new SeqRanges(List.copyOf(ranges));
  }

  /** Gap to the range before and length of each range, as varints. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    long at = 0;
    for (SeqRange range : ranges) {
      out.varint(range.from() - at).varint(range.length());
      at = range.to();
    }
    return out.toByteArray();
  }

  public List<SeqRange> ranges() {
    return ranges;
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public SeqRanges with(SeqRanges others) {
    List<SeqRange> all = new ArrayList<>(ranges);
    all.addAll(others.ranges);
    return of(all);
  }

  public SeqRanges with(SeqRange range) {
    List<SeqRange> all = new ArrayList<>(ranges);
    all.add(range);
    return of(all);
  }

  public boolean contains(long seq) {
    return containsAll(new SeqRange(seq, seq + 1));
  }

  public boolean containsAll(SeqRange range) {
    int at = endingAfter(range.from());
    return at < ranges.size()
        && ranges.get(at).from() <= range.from()
        && range.to() <= ranges.get(at).to();
  }

  /** The index of the first range that ends after a position. */
  private int endingAfter(long seq) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).to() > seq) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The first run of positions at or after this one, without what lies before it. */
  public Optional<SeqRange> runFrom(long seq) {
    int at = endingAfter(seq);
    if (at == ranges.size()) return Optional.empty();
    SeqRange run = ranges.get(at);
    return Optional.of(new SeqRange(Math.max(seq, run.from()), run.to()));
  }

  /** The parts of a range that are in this set. */
  public List<SeqRange> within(SeqRange range) {
    List<SeqRange> parts = new ArrayList<>();
    for (int i = endingAfter(range.from()); i < ranges.size(); i++) {
      SeqRange held = ranges.get(i);
      if (held.from() >= range.to()) break;
      parts.add(new SeqRange(Math.max(held.from(), range.from()), Math.min(held.to(), range.to())));
    }
    return parts;
  }

  /** What is in both sets. */
  public SeqRanges common(SeqRanges other) {
    List<SeqRange> parts = new ArrayList<>();
    for (SeqRange range : other.ranges) {
      parts.addAll(within(range));
    }
    return new SeqRanges(List.copyOf(parts));
  }

  /** The parts of a range that are not in this set. */
  public List<SeqRange> gapsWithin(SeqRange range) {
    List<SeqRange> gaps = new ArrayList<>();
    long at = range.from();
    for (SeqRange here : within(range)) {
      if (here.from() > at) gaps.add(new SeqRange(at, here.from()));
      at = here.to();
    }
    if (at < range.to()) gaps.add(new SeqRange(at, range.to()));
    return gaps;
  }

  /** What of {@code [0, size)} is not in this set. */
  public SeqRanges missingBelow(long size) {
    if (size == 0) return NONE;
    return new SeqRanges(List.copyOf(gapsWithin(new SeqRange(0, size))));
  }

  /** How many positions. */
  public long count() {
    long count = 0;
    for (SeqRange range : ranges) {
      count += range.length();
    }
    return count;
  }

  /** One more than the highest position, 0 where there is none. */
  public long end() {
    return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).to();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeqRanges that && ranges.equals(that.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return ranges.toString();
  }
}
