package org.tidelog.log.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidelog.crypto.Digest;

/**
 * A range of leaves as the roots of its maximal aligned subtrees: {@code [5, 12)} is {@code [5,6)
 * [6,8) [8,12)}. A subtree of {@code 2^h} leaves begins at a multiple of {@code 2^h}, so its root
 * never changes as the log grows; at most two of a height occur in a range.
 */
public final class AlignedRoots {
  private AlignedRoots() {}

  /**
   * Heights of the maximal aligned subtrees of {@code [from, to)}, from left to right.
   *
   * @throws IllegalArgumentException if {@code from < 0} or {@code to < from}
   */
  public static int[] heights(long from, long to) {
    if (from < 0 || to < from)
      throw new IllegalArgumentException("range: [" + from + ", " + to + ")");
    int[] heights = new int[2 * Long.SIZE];
    int count = 0;
    long at = from;
    while (at < to) {
      int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
      int height = at == 0 ? fits : Math.min(Long.numberOfTrailingZeros(at), fits);
      heights[count++] = height;
      at += 1L << height;
    }
    return Arrays.copyOf(heights, count);
  }

  /** The roots over {@code leaves}, the first of which stands at position {@code from}. */
  public static List<Digest> of(long from, List<Digest> leaves) {
    Merkle merkle = new Merkle();
    List<Digest> roots = new ArrayList<>();
    int at = 0;
    for (int height : heights(from, from + leaves.size())) {
      int width = 1 << height;
      roots.add(subtree(merkle, new ArrayList<>(leaves.subList(at, at + width))));
      at += width;
    }
    return roots;
  }

  /**
   * The roots of {@code [from, to)} from those of adjacent parts, each already reduced by {@link
   * #of}.
   */
  public static List<Digest> join(long from, List<Part> parts) {
    Merkle merkle = new Merkle();
    List<Digest> roots = new ArrayList<>();
    List<Integer> heights = new ArrayList<>();
    long at = from;
    for (Part part : parts) {
      int[] partHeights = heights(at, part.to());
      if (partHeights.length != part.roots().size()) {
        throw new IllegalArgumentException(
            "roots: " + part.roots().size() + " for [" + at + ", " + part.to() + ")");
      }
      for (int i = 0; i < partHeights.length; i++) {
        push(merkle, roots, heights, at, partHeights[i], part.roots().get(i));
        at += 1L << partHeights[i];
      }
    }
    return roots;
  }

  /** The part of a range up to (and without) {@code to}, reduced. */
  public record Part(long to, List<Digest> roots) {}

  /**
   * Adds a subtree that begins at {@code at}, joining it with its left neighbour as long as the two
   * are siblings.
   */
  private static void push(
      Merkle merkle, List<Digest> roots, List<Integer> heights, long at, int height, Digest root) {
    Digest node = root;
    int h = height;
    long begin = at;
    while (!heights.isEmpty() && heights.get(heights.size() - 1) == h && (begin & (1L << h)) != 0) {
      heights.remove(heights.size() - 1);
      node = merkle.node(roots.remove(roots.size() - 1), node);
      begin -= 1L << h;
      h++;
    }
    heights.add(h);
    roots.add(node);
  }

  private static Digest subtree(Merkle merkle, List<Digest> row) {
    int width = row.size();
    while (width > 1) {
      for (int i = 0; i < width; i += 2) {
        row.set(i / 2, merkle.node(row.get(i), row.get(i + 1)));
      }
      width /= 2;
    }
    return row.get(0);
  }
}
