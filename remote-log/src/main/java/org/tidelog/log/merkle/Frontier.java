package org.tidelog.log.merkle;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;

/**
 * The peaks of a Merkle mountain range: what is needed to append to it and to name its root, {@code
 * log2(size)} hashes. Mutable and owned by one thread. It keeps no leaves: {@link AlignedRoots}
 * computes those of a run, and a frontier takes them over.
 */
public final class Frontier {
  private final Merkle merkle = new Merkle();
  private final List<Digest> peaks;
  private long size;

  private Frontier(long size, List<Digest> peaks) {
    this.size = size;
    this.peaks = new ArrayList<>(peaks);
  }

  public static Frontier empty() {
    return new Frontier(0, List.of());
  }

  /**
   * A frontier of {@code size} leaves, its peaks from the widest to the narrowest.
   *
   * @throws IllegalArgumentException if their number is not the number of bits set in {@code size}
   */
  public static Frontier of(long size, List<Digest> peaks) {
    if (size < 0 || Long.bitCount(size) != peaks.size()) {
      throw new IllegalArgumentException("size: " + size + " with " + peaks.size() + " peaks");
    }
    return new Frontier(size, peaks);
  }

  public Frontier copy() {
    return new Frontier(size, peaks);
  }

  public long size() {
    return size;
  }

  /** The peaks from the widest to the narrowest. */
  public List<Digest> peaks() {
    return List.copyOf(peaks);
  }

  public void append(Digest leaf) {
    append(0, leaf);
  }

  /**
   * Appends a perfect subtree of {@code 1 << height} leaves.
   *
   * @throws IllegalArgumentException if the size is not a multiple of that
   */
  public void append(int height, Digest root) {
    long leaves = 1L << height;
    if ((size & (leaves - 1)) != 0) {
      throw new IllegalArgumentException("height: " + height + " at size " + size);
    }
    Digest node = root;
    long at = leaves;
    while ((size & at) != 0) {
      node = merkle.node(peaks.remove(peaks.size() - 1), node);
      at <<= 1;
    }
    peaks.add(node);
    size += leaves;
  }

  /**
   * Appends all aligned roots of the range from {@link #size()} to {@code to}, as {@link
   * AlignedRoots} lists them.
   */
  public void appendRange(long to, List<Digest> roots) {
    int[] heights = AlignedRoots.heights(size, to);
    if (heights.length != roots.size()) {
      throw new IllegalArgumentException(
          "roots: " + roots.size() + " for [" + size + ", " + to + "), not " + heights.length);
    }
    for (int i = 0; i < heights.length; i++) {
      append(heights[i], roots.get(i));
    }
  }

  /** The root that a head of this size signs. A range without leaves has none. */
  public Digest root() {
    if (size == 0) throw new IllegalStateException("size: 0");
    return merkle.root(size, merkle.bag(peaks));
  }

  /**
   * The root of a larger range whose first peaks are these and whose others, folded, are {@code
   * rest}.
   */
  Digest rootOf(long whole, Digest rest) {
    List<Digest> all = new ArrayList<>(peaks);
    all.add(rest);
    return merkle.root(whole, merkle.bag(all));
  }
}
