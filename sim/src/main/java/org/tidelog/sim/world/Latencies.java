package org.tidelog.sim.world;

import java.util.Arrays;

/** Times from writing to delivery, milliseconds. */
public final class Latencies {
  private long[] values = new long[64];
  private int size;

  void add(long millis) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
    }
    values[size++] = millis;
  }

  public int count() {
    return size;
  }

  /** The smallest that at least {@code share} of all are not above; NaN if there are none. */
  public double quantileSeconds(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int at = (int) Math.ceil(share * size) - 1;
    return sorted[Math.max(0, at)] / 1e3;
  }

  /** NaN if there are none. */
  public double meanSeconds() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return size == 0 ? Double.NaN : sum / size / 1e3;
  }
}
