package org.tidelog.node.car;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.Cid;

/**
 * Where blocks lie in a file, found by a number that follows from their name: 20 bytes a block and
 * as much again free, so that millions fit where a map of names would not. Numbers are of 64 bits
 * and follow from a secret, so that nobody writes a file whose blocks crowd in one place; of blocks
 * with one number the first stays. Owned by one thread.
 */
final class BlockOffsets {
  /** 80 MiB of memory; what this program writes into a file of 100 GB has fewer. */
  static final int BLOCKS_MAX = 1 << 21;

  private static final int CAPACITY_FIRST = 1 << 10;
  private static final long FREE = -1;
  private static final int SECRET_BYTES = 32;

  private final byte[] secret = Entropy.system().bytes(SECRET_BYTES);

  private long[] offsets = new long[CAPACITY_FIRST];
  private int[] lengths = new int[CAPACITY_FIRST];
  private long[] numbers = new long[CAPACITY_FIRST];
  private int size;

  BlockOffsets() {
    Arrays.fill(offsets, FREE);
  }

  /** Where a block lies. */
  record Place(long offset, int length) {}

  private long number(Cid cid) {
    return ByteBuffer.wrap(Sha256.hash(secret, cid.bytes()).bytes()).getLong();
  }

  /** Adds a block, unless it is there; false if there are {@link #BLOCKS_MAX} others already. */
  boolean add(Cid cid, long offset, int length) {
    long number = number(cid);
    if (offsets[slot(number)] != FREE) return true;
    if (size == BLOCKS_MAX) return false;
    if (2 * (size + 1) > offsets.length) grow();
    place(number, offset, length);
    size++;
    return true;
  }

  private void place(long number, long offset, int length) {
    int slot = slot(number);
    offsets[slot] = offset;
    lengths[slot] = length;
    numbers[slot] = number;
  }

  /** Where the number is, or a free place for it. */
  private int slot(long number) {
    int slot = (int) number & (offsets.length - 1);
    while (offsets[slot] != FREE && numbers[slot] != number) {
      slot = (slot + 1) & (offsets.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldOffsets = offsets;
    int[] oldLengths = lengths;
    long[] oldNumbers = numbers;
    offsets = new long[2 * oldOffsets.length];
    Arrays.fill(offsets, FREE);
    lengths = new int[offsets.length];
    numbers = new long[offsets.length];
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != FREE) place(oldNumbers[i], oldOffsets[i], oldLengths[i]);
    }
  }

  /** Where the block of that name is, if it is anywhere. */
  Optional<Place> find(Cid cid) {
    int slot = slot(number(cid));
    return offsets[slot] == FREE
        ? Optional.empty()
        : Optional.of(new Place(offsets[slot], lengths[slot]));
  }

  int size() {
    return size;
  }
}
