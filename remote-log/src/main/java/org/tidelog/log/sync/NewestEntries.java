package org.tidelog.log.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/**
 * The newest stored entries before a position as one slice, as many as there is room for. Reads no
 * more than it gives, however the store has cut them.
 */
final class NewestEntries {
  /** Position, count, and what the first entry's time may take more than elsewhere. */
  private static final int HEADER_BYTES = 6 + 2 + 6;

  private final LogStore store;
  private final IpnsName log;
  private final int bytesMax;
  private final Deque<Slice> parts = new ArrayDeque<>();
  private int count;
  private int weight;
  private int bytes;

  private NewestEntries(LogStore store, IpnsName log, int bytesMax) {
    this.store = store;
    this.log = log;
    this.bytesMax = bytesMax;
  }

  /**
   * A slice that ends where it was asked for.
   *
   * @param previous the id before its first entry
   */
  record Piece(Slice slice, Digest previous) {}

  /**
   * Entries {@code [x, to)} with x as small as fits, at least {@code low}.
   *
   * @param bytesMax what the slice may take
   * @return empty where the last of them is not stored or takes more
   */
  static Optional<Piece> before(LogStore store, IpnsName log, long low, long to, int bytesMax) {
    return new NewestEntries(store, log, bytesMax).take(low, to);
  }

  private Optional<Piece> take(long low, long to) {
    long from = Math.max(low, to - Limits.SLICE_ENTRIES_MAX);
    List<StoredSlice> read = store.slices(log, from, to, bytesMax);
    boolean reached = !read.isEmpty() && read.get(read.size() - 1).outline().end() >= to;
    List<SliceOutline> outlines = reached ? outlines(read) : store.outlines(log, from, to);
    long end = to;
    Optional<Digest> previous = Optional.empty();
    for (int i = outlines.size() - 1; i >= 0 && outlines.get(i).end() >= end; i--) {
      StoredSlice stored = reached ? read.get(i) : at(outlines.get(i).first());
      long begin = begin(stored.slice(), Math.max(from, stored.outline().first()), end);
      if (begin == end) break;
      parts.addFirst(stored.slice().cut(begin, end));
      count(parts.getFirst());
      previous = Optional.of(before(stored, begin));
      end = begin;
      if (begin > stored.outline().first()) break;
    }
    return previous.map(id -> new Piece(joined(), id));
  }

  private StoredSlice at(long first) {
    return store.slices(log, first, first + 1, 1).get(0);
  }

  private static List<SliceOutline> outlines(List<StoredSlice> slices) {
    List<SliceOutline> outlines = new ArrayList<>();
    slices.forEach(slice -> outlines.add(slice.outline()));
    return outlines;
  }

  private void count(Slice part) {
    count += part.count();
    weight += part.weight();
    bytes += part.length();
  }

  /** Where the newest entries of {@code [from, end)} begin for which there is room. */
  private long begin(Slice slice, long from, long end) {
    int[] lengths = slice.lengths();
    int[] weights = slice.weights();
    int room = bytesMax - bytes - HEADER_BYTES;
    int weightRoom = Limits.SLICE_WEIGHT_MAX - weight;
    int countRoom = Limits.SLICE_ENTRIES_MAX - count;
    long begin = end;
    while (begin > from) {
      int at = (int) (begin - 1 - slice.first());
      room -= lengths[at];
      weightRoom -= weights[at];
      if (room < 0 || weightRoom < 0 || --countRoom < 0) break;
      begin--;
    }
    return begin;
  }

  private Digest before(StoredSlice stored, long begin) {
    SliceOutline outline = stored.outline();
    if (begin == outline.first()) return outline.previous();
    return stored.ids(log).get((int) (begin - 1 - outline.first()));
  }

  private Slice joined() {
    if (parts.size() == 1) return parts.getFirst();
    SliceBuilder builder = new SliceBuilder(parts.getFirst().first());
    for (Slice part : parts) {
      part.addTo(builder, part.first(), part.end());
    }
    return builder.build();
  }
}
