package org.tidelog.log.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * A contiguous run of one log's entries in the compact encoding, well formed but not yet trusted:
 * it leaves out log key, positions, links, payload hashes and signatures, which follow from {@link
 * #ids}. What makes it true is a head, directly or by a proof. At most {@link
 * Limits#SLICE_ENTRIES_MAX} entries and {@link Limits#SLICE_BYTES_MAX} bytes. Immutable.
 */
public final class Slice {
  private final byte[] bytes;
  private final long first;
  private final int count;
  private final int weight;

  private Slice(byte[] bytes, SliceScanner read) {
    this.bytes = bytes;
    this.first = read.first;
    this.count = read.count;
    this.weight = read.weighed;
  }

  /**
   * Reads {@code varint first | varint count | entries} and refuses any other encoding of the same
   * entries.
   */
  public static Slice parse(byte[] bytes) throws MalformedException {
    if (bytes.length > Limits.SLICE_BYTES_MAX) {
      throw new MalformedException("slice of " + bytes.length + " bytes");
    }
    SliceScanner scanner = new SliceScanner(bytes);
    while (scanner.next()) {
      // The scanner refuses what is malformed.
    }
    return new Slice(bytes.clone(), scanner);
  }

  public long first() {
    return first;
  }

  public int count() {
    return count;
  }

  /** The position after the last entry. */
  public long end() {
    return first + count;
  }

  public SeqRange range() {
    return new SeqRange(first, end());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /**
   * The ids of the entries in a log, given the id before the first ({@link Digest#ZERO} at position
   * 0).
   */
  public List<Digest> ids(IpnsName log, Digest previous) {
    EntryHasher hasher = new EntryHasher(log);
    List<Digest> ids = new ArrayList<>(count);
    Digest before = previous;
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      before = scanner.id(hasher, before, scanner.payloadHash(hasher));
      ids.add(before);
    }
    return ids;
  }

  /** The entries in a log, given the id before the first. */
  public List<Entry> entries(IpnsName log, Digest previous) {
    EntryHasher hasher = new EntryHasher(log);
    List<Entry> entries = new ArrayList<>(count);
    Digest before = previous;
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      Entry entry = entry(scanner, log, before, hasher);
      before = entry.id();
      entries.add(entry);
    }
    return entries;
  }

  private static Entry entry(SliceScanner at, IpnsName log, Digest previous, EntryHasher hasher) {
    Digest payloadHash = at.payloadHash(hasher);
    EntryHeader header =
        new EntryHeader(
            log,
            at.seq,
            at.kind,
            previous,
            at.timeMillis,
            at.flags,
            at.expiryMillis,
            at.parents,
            at.payloadLength,
            payloadHash);
    Optional<byte[]> payload = at.present ? Optional.of(at.payload()) : Optional.empty();
    return new Entry(header, at.id(hasher, previous, payloadHash), payload);
  }

  /**
   * What each entry counts for, about its encoded bytes: the same with and without its payload, and
   * wherever a slice begins. At most {@link Limits#SLICE_WEIGHT_MAX} in all.
   */
  public int[] weights() {
    int[] weights = new int[count];
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      weights[(int) (scanner.seq - first)] = scanner.weight();
    }
    return weights;
  }

  /**
   * What each entry takes here, bytes. The first takes up to 5 more than elsewhere, since its time
   * is told in full.
   */
  public int[] lengths() {
    int[] lengths = new int[count];
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      lengths[(int) (scanner.seq - first)] = scanner.entryEnd - scanner.entryAt;
    }
    return lengths;
  }

  /** The sum of {@link #weights()}. */
  public int weight() {
    return weight;
  }

  /**
   * The part {@code [from, to)}.
   *
   * @throws IllegalArgumentException unless it is a part, and not empty
   */
  public Slice cut(long from, long to) {
    if (from < first || to > end() || from >= to) {
      throw new IllegalArgumentException("range: [" + from + ", " + to + ") of " + range());
    }
    if (from == first && to == end()) return this;
    SliceBuilder builder = new SliceBuilder(from);
    addTo(builder, from, to);
    return builder.build();
  }

  /**
   * Appends entries {@code [from, to)} of this slice to one that ends at {@code from}, as far as it
   * has room.
   *
   * @return the position after the last one added
   */
  public long addTo(SliceBuilder builder, long from, long to) {
    if (builder.end() != from)
      throw new IllegalArgumentException("from: " + from + " after " + builder.end());
    SliceScanner scanner = scanner();
    while (builder.end() < to && advance(scanner)) {
      if (scanner.seq < from) continue;
      if (!builder.hasRoomFor(scanner.weight())) break;
      builder.add(scanner, bytes);
    }
    return builder.end();
  }

  /** This slice without the payloads of the positions that the predicate picks. */
  public Slice withoutPayloads(IpnsName log, LongPredicate gone) {
    EntryHasher hasher = new EntryHasher(log);
    SliceBuilder builder = new SliceBuilder(first);
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      if (scanner.present && gone.test(scanner.seq)) {
        builder.addWithoutPayload(scanner, bytes, scanner.payloadHash(hasher));
      } else {
        builder.add(scanner, bytes);
      }
    }
    return builder.build();
  }

  /**
   * Positions of data entries whose payload is here and is not to be: it was deleted, or its expiry
   * has come. What control entries say is never taken back.
   */
  public SeqRanges unwanted(SeqRanges deleted, long nowMillis) {
    List<SeqRange> found = new ArrayList<>();
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      boolean expired = (scanner.flags & Flags.EXPIRING) != 0 && scanner.expiryMillis <= nowMillis;
      if (scanner.present
          && !scanner.kind.isControl()
          && (expired || deleted.contains(scanner.seq))) {
        found.add(new SeqRange(scanner.seq, scanner.seq + 1));
      }
    }
    return SeqRanges.of(found);
  }

  /** Positions of control entries. */
  public SeqRanges controls() {
    List<SeqRange> found = new ArrayList<>();
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      if (scanner.kind.isControl()) found.add(new SeqRange(scanner.seq, scanner.seq + 1));
    }
    return SeqRanges.of(found);
  }

  /** The payloads of entries of one kind that are here, by position. */
  public SortedMap<Long, byte[]> payloads(EntryKind kind) {
    SortedMap<Long, byte[]> found = new TreeMap<>();
    SliceScanner scanner = scanner();
    while (advance(scanner)) {
      if (scanner.present && scanner.kind == kind) found.put(scanner.seq, scanner.payload());
    }
    return found;
  }

  private SliceScanner scanner() {
    try {
      return new SliceScanner(bytes);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean advance(SliceScanner scanner) {
    try {
      return scanner.next();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "slice " + range() + ", " + bytes.length + " bytes";
  }
}
