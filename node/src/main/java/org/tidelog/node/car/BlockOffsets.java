package org.tidelog.node.car;

import java.util.Arrays;

/**
 * Where blocks lie in a file, found by a number that follows from their name: 16 bytes a block and
 * as much again free, so that millions fit where a map of names would not. Two blocks may have one
 * number: the caller looks at each. Owned by one thread.
 */
final class BlockOffsets {
  /** 64 MiB of memory; what this program writes into a file of 100 GB has fewer. */
  static final int BLOCKS_MAX = 1 << 21;

  private static final int CAPACITY_FIRST = 1 << 10;
  private static final long FREE = -1;

  private long[] offsets = new long[CAPACITY_FIRST];
  private int[] lengths = new int[CAPACITY_FIRST];
  private int[] numbers = new int[CAPACITY_FIRST];
  private int size;

  BlockOffsets() {
    Arrays.fill(offsets, FREE);
  }

  /** Looks at a block that may be the one; true ends the search. */
  @FunctionalInterface
  interface Visitor<E extends Exception> {
    boolean visit(long offset, int length) throws E;
  }

  /** Adds a block; false if there are {@link #BLOCKS_MAX} already. */
  boolean add(int number, long offset, int length) {
    if (size == BLOCKS_MAX) return false;
    if (2 * (size + 1) > offsets.length) grow();
    place(number, offset, length);
    size++;
    return true;
  }

  private void place(int number, long offset, int length) {
    int slot = slot(number);
    while (offsets[slot] != FREE) {
      slot = (slot + 1) & (offsets.length - 1);
    }
    offsets[slot] = offset;
    lengths[slot] = length;
    numbers[slot] = number;
  }

  private int slot(int number) {
    return (number ^ number >>> 16) & (offsets.length - 1);
  }

  private void grow() {
    long[] oldOffsets = offsets;
    int[] oldLengths = lengths;
    int[] oldNumbers = numbers;
    offsets = new long[2 * oldOffsets.length];
    Arrays.fill(offsets, FREE);
    lengths = new int[offsets.length];
    numbers = new int[offsets.length];
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != FREE) place(oldNumbers[i], oldOffsets[i], oldLengths[i]);
    }
  }

  /** Shows all blocks of a number, in the order they were added, until one is the right one. */
  <E extends Exception> void visit(int number, Visitor<E> visitor) throws E {
    for (int slot = slot(number); offsets[slot] != FREE; slot = (slot + 1) & (offsets.length - 1)) {
      if (numbers[slot] == number && visitor.visit(offsets[slot], lengths[slot])) return;
    }
  }

  int size() {
    return size;
  }
}
