package org.tidelog.sim.world;

import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;

/**
 * Bytes to be sent, and what they are for.
 *
 * @param bytes not copied: whoever sends does not change them afterwards
 * @param breakdown of exactly these bytes
 * @param about numbers of traced messages in it; mostly none
 */
public record Parcel(byte[] bytes, Breakdown breakdown, int... about) {
  public static final int[] ABOUT_NOTHING = {};

  public Parcel {
    if (breakdown.total() != bytes.length) {
      throw new IllegalArgumentException("breakdown: " + breakdown + " of " + bytes.length);
    }
  }

  public static Parcel of(Layer layer, byte[] bytes) {
    return new Parcel(bytes, Breakdown.of(layer, bytes.length));
  }
}
