package org.tidelog.log.sync;

/**
 * A run of coded symbols of a set of short ids: each symbol is the exclusive or of the ids that map
 * to its place, and of their checks. An id maps to place 0 and to ever rarer ones, place i with
 * probability 1 / (1 + i/2). So the first d or so symbols of the difference of two sets give its d
 * ids, whatever the sets' sizes, and who needs more asks for the places behind. Source: Yang,
 * Gilad, Alizadeh, Practical Rateless Set Reconciliation, arXiv 2402.02668, sections 4 and 5;
 * without counts, since who decodes sees which side an id is of.
 */
final class CodedSymbols {
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 1L << 32;

  private final long first;
  private final long[] sums;
  private final int[] checks;

  /** Empty symbols for places {@code [first, first + count)}. */
  CodedSymbols(long first, int count) {
    this.first = first;
    this.sums = new long[count];
    this.checks = new int[count];
  }

  int count() {
    return sums.length;
  }

  long sum(int at) {
    return sums[at];
  }

  int check(int at) {
    return checks[at];
  }

  void put(int at, long sum, int check) {
    sums[at] ^= sum;
    checks[at] ^= check;
  }

  /** These symbols, and those of the places behind. */
  CodedSymbols with(CodedSymbols more) {
    CodedSymbols both = new CodedSymbols(first, sums.length + more.sums.length);
    both.take(this, 0);
    both.take(more, sums.length);
    return both;
  }

  private void take(CodedSymbols from, int at) {
    System.arraycopy(from.sums, 0, sums, at, from.sums.length);
    System.arraycopy(from.checks, 0, checks, at, from.checks.length);
  }

  /** Adds an id, or takes it away: both are the same. */
  void toggle(long id) {
    long end = first + sums.length;
    int check = check(id);
    Places places = new Places(id);
    for (long place = 0; place < end; place = places.after(place)) {
      if (place >= first) put((int) (place - first), id, check);
    }
  }

  /** Whether a symbol is of one id only, as far as 32 bits tell. */
  boolean isPure(int at) {
    return sums[at] != 0 && check(sums[at]) == checks[at];
  }

  boolean isEmpty() {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != 0 || checks[i] != 0) return false;
    }
    return true;
  }

  /** The other places of an id that is found at one. */
  Places places(long id) {
    return new Places(id);
  }

  static int check(long id) {
    return (int) (mix(id ^ STEP) >>> Integer.SIZE);
  }

  /** The finisher of SplitMix64. */
  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** Where an id goes. */
  static final class Places {
    private long state;

    Places(long id) {
      this.state = id;
    }

    /** The next place, drawn so that the one behind {@code place} has the right probability. */
    long after(long place) {
      state += STEP;
      double left = (UNIT - (mix(state) >>> Integer.SIZE)) / UNIT;
      return place + Math.max(1, (long) Math.ceil((place + 1.5) * (1 / Math.sqrt(left) - 1)));
    }
  }
}
