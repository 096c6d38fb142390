package org.tidelog.log.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;

/**
 * The range as the specification words it, from all leaves each time: what the fast classes are
 * compared with.
 */
public final class NaiveMerkle implements RangeProof.Source {
  private final List<Digest> leaves;

  public NaiveMerkle(List<Digest> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  /** Leaves that are told apart: the hash of their number. */
  public static NaiveMerkle ofSize(int size) {
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(Sha256.hash(ascii("leaf " + i)));
    }
    return new NaiveMerkle(leaves);
  }

  public List<Digest> leaves() {
    return leaves;
  }

  /** RL: peaks by the bits of the size, the widest first. */
  @Override
  public List<Digest> peaks(long size) {
    List<Digest> peaks = new ArrayList<>();
    int at = 0;
    for (int width = Integer.highestOneBit(Math.max(1, (int) size)); width > 0; width /= 2) {
      if ((size & width) == 0) continue;
      peaks.add(perfect(at, at + width));
      at += width;
    }
    return peaks;
  }

  @Override
  public List<Digest> roots(long from, long to) {
    List<Digest> roots = new ArrayList<>();
    long at = from;
    while (at < to) {
      long width = 1;
      while (at % (2 * width) == 0 && at + 2 * width <= to) width *= 2;
      roots.add(perfect((int) at, (int) (at + width)));
      at += width;
    }
    return roots;
  }

  public Digest root(int size) {
    List<Digest> peaks = peaks(size);
    Digest bag = peaks.get(peaks.size() - 1);
    for (int i = peaks.size() - 2; i >= 0; i--) {
      bag = Sha256.hash(ascii("tidelog/bag/1"), peaks.get(i).bytes(), bag.bytes());
    }
    byte[] sizeBytes = ByteBuffer.allocate(Long.BYTES).putLong(size).array();
    return Sha256.hash(ascii("tidelog/root/1"), sizeBytes, bag.bytes());
  }

  private Digest perfect(int from, int to) {
    if (to - from == 1) return leaves.get(from);
    int middle = (from + to) / 2;
    Digest left = perfect(from, middle);
    Digest right = perfect(middle, to);
    return Sha256.hash(ascii("tidelog/node/1"), left.bytes(), right.bytes());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
