package org.tidelog.sim.network;

import java.util.Arrays;

/** How many bytes of which layer something has. A value: adding makes another one. */
public final class Breakdown {
  public static final Breakdown NONE = new Breakdown(new int[0], 0);

  private final int[] bytes;
  private final int total;

  private Breakdown(int[] bytes, int total) {
    this.bytes = bytes;
    this.total = total;
  }

  public static Breakdown of(Layer layer, int bytes) {
    return NONE.plus(layer, bytes);
  }

  public Breakdown plus(Layer layer, int more) {
    if (more < 0) {
      throw new IllegalArgumentException("more: " + more);
    }
    int[] sum = Arrays.copyOf(bytes, Math.max(bytes.length, layer.index() + 1));
    sum[layer.index()] = Math.addExact(sum[layer.index()], more);
    return new Breakdown(sum, Math.addExact(total, more));
  }

  public Breakdown plus(Breakdown other) {
    int[] sum = Arrays.copyOf(bytes, Math.max(bytes.length, other.bytes.length));
    for (int i = 0; i < other.bytes.length; i++) {
      sum[i] = Math.addExact(sum[i], other.bytes[i]);
    }
    return new Breakdown(sum, Math.addExact(total, other.total));
  }

  public int bytes(Layer layer) {
    return layer.index() < bytes.length ? bytes[layer.index()] : 0;
  }

  public int total() {
    return total;
  }

  /** Adds each layer's bytes to {@code sums}, which has one place a layer. */
  void addTo(long[] sums) {
    for (int i = 0; i < bytes.length; i++) {
      sums[i] += bytes[i];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Breakdown that
        && Arrays.stream(Layer.values()).allMatch(layer -> bytes(layer) == that.bytes(layer));
  }

  @Override
  public int hashCode() {
    return total;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(total);
    for (Layer layer : Layer.values()) {
      if (bytes(layer) > 0) {
        text.append(' ').append(layer.word()).append('=').append(bytes(layer));
      }
    }
    return text.toString();
  }
}
