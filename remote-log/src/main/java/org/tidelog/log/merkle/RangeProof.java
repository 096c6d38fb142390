package org.tidelog.log.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Shows that the entries {@code [from, to)} are those of a log whose head has {@code size} and
 * {@code root}: the peaks before the range, the aligned roots behind it within its own peak, and
 * all later peaks folded into one hash. For one entry that is at most {@code log2(size) + 1}
 * hashes. With {@code from == to} it shows that a head of size {@code from} is a prefix of the
 * later one. Which hashes there are follows from the three numbers, so the encoding holds nothing
 * but hashes.
 */
public final class RangeProof {
  /** A log has fewer than this many entries: positions fit five bytes with room to spare. */
  public static final long SIZE_MAX = 1L << 40;

  private final long from;
  private final long to;
  private final long size;
  private final List<Digest> left;
  private final List<Digest> right;
  private final Optional<Digest> rest;

  private RangeProof(Shape shape, List<Digest> left, List<Digest> right, Optional<Digest> rest) {
    this.from = shape.from;
    this.to = shape.to;
    this.size = shape.size;
    this.left = List.copyOf(left);
    this.right = List.copyOf(right);
    this.rest = rest;
  }

  /** Answers what a prover needs: peaks at a size, and the aligned roots of a range. */
  public interface Source {
    List<Digest> peaks(long size);

    List<Digest> roots(long from, long to);
  }

  /**
   * Proves {@code [from, to)} in a log of {@code size} entries.
   *
   * @throws IllegalArgumentException unless {@code 0 <= from <= to <= size < 2^40} and {@code to >
   *     0}
   */
  public static RangeProof prove(long from, long to, long size, Source source) {
    Shape shape = Shape.of(from, to, size);
    Optional<Digest> rest =
        shape.peakEnd == size ? Optional.empty() : Optional.of(restBag(shape, source));
    return new RangeProof(shape, source.peaks(from), source.roots(to, shape.peakEnd), rest);
  }

  private static Digest restBag(Shape shape, Source source) {
    List<Digest> peaks = source.peaks(shape.size);
    int before = Long.bitCount(shape.peakEnd);
    return new Merkle().bag(peaks.subList(before, peaks.size()));
  }

  /**
   * The root that follows from the proof and the aligned roots of {@code [from, to)}; the head's
   * must equal it.
   */
  public Digest rootWith(List<Digest> rangeRoots) {
    Frontier frontier = Frontier.of(from, left);
    frontier.appendRange(to, rangeRoots);
    frontier.appendRange(Shape.of(from, to, size).peakEnd, right);
    return rest.isPresent() ? frontier.rootOf(size, rest.get()) : frontier.root();
  }

  /**
   * The root of the prefix {@code [0, from)}, as this proof claims it; empty where {@code from} is
   * 0.
   */
  public Optional<Digest> prefixRoot() {
    return from == 0 ? Optional.empty() : Optional.of(Frontier.of(from, left).root());
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    left.forEach(out::digest);
    right.forEach(out::digest);
    rest.ifPresent(out::digest);
    return out.toByteArray();
  }

  /** How many hashes the proof of {@code [from, to)} in a log of {@code size} entries has. */
  public static int hashes(long from, long to, long size) {
    Shape shape = Shape.of(from, to, size);
    int right = AlignedRoots.heights(to, shape.peakEnd).length;
    return Long.bitCount(from) + right + (shape.peakEnd == size ? 0 : 1);
  }

  /**
   * Reads the proof of a range whose numbers are known from elsewhere. Takes as many bytes as they
   * call for.
   */
  public static RangeProof read(long from, long to, long size, ByteReader in)
      throws MalformedException {
    if (from < 0 || to < from || to == 0 || size < to || size >= SIZE_MAX) {
      throw new MalformedException("proof of [" + from + ", " + to + ") in " + size + " entries");
    }
    Shape shape = Shape.of(from, to, size);
    List<Digest> left = digests(in, Long.bitCount(from));
    List<Digest> right = digests(in, AlignedRoots.heights(to, shape.peakEnd).length);
    Optional<Digest> rest = shape.peakEnd == size ? Optional.empty() : Optional.of(in.digest());
    return new RangeProof(shape, left, right, rest);
  }

  private static List<Digest> digests(ByteReader in, int count) throws MalformedException {
    List<Digest> digests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      digests.add(in.digest());
    }
    return digests;
  }

  /** The numbers of a proof, and where the peak ends that holds the last entry of the range. */
  private record Shape(long from, long to, long size, long peakEnd) {
    static Shape of(long from, long to, long size) {
      if (from < 0 || to < from || to == 0 || size < to || size >= SIZE_MAX) {
        throw new IllegalArgumentException("range: [" + from + ", " + to + ") of " + size);
      }
      return new Shape(from, to, size, peakEnd(to - 1, size));
    }

    private static long peakEnd(long position, long size) {
      long end = 0;
      for (int bit = Long.SIZE - 2; bit >= 0; bit--) {
        if ((size & (1L << bit)) == 0) continue;
        end += 1L << bit;
        if (position < end) return end;
      }
      throw new AssertionError("position " + position + " of " + size);
    }
  }
}
