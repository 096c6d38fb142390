package org.tidelog.sim.mvds;

import org.tidelog.mvds.MvdsSettings;

/**
 * How MVDS is driven.
 *
 * @param epochMillis length of an epoch
 * @param withParents whether messages name those that their author had seen
 * @param pollMillis how often a device that is online asks the cache
 */
public record MvdsOptions(
    MvdsSettings settings, long epochMillis, boolean withParents, long pollMillis) {
  public MvdsOptions {
    if (epochMillis < 1) {
      throw new IllegalArgumentException("epochMillis: " + epochMillis);
    }
    if (pollMillis < 1) {
      throw new IllegalArgumentException("pollMillis: " + pollMillis);
    }
  }
}
