package org.tidelog.sim.world;

/**
 * What holds for everybody on the network.
 *
 * @param hasHeaders whether there is anything around what protocols send; without, formulas that
 *     know of no headers can be checked
 * @param sendsBlindly whether machines run and send while nothing can reach them, as in the
 *     arithmetic of Vac's post: what "offline" means there is that it does not arrive
 * @param coreLatencyMillis between two links' ends, one way
 * @param withIdentify whether peers tell each other who they are at each connection
 */
public record WorldOptions(
    boolean hasHeaders, boolean sendsBlindly, double coreLatencyMillis, boolean withIdentify) {
  public static final WorldOptions REAL = new WorldOptions(true, false, 15, true);

  /** For formulas: a millisecond, so that what is sent in a slot arrives in it, and no headers. */
  public static final WorldOptions BARE = new WorldOptions(false, false, 1, false);

  public WorldOptions blind() {
    return new WorldOptions(hasHeaders, true, coreLatencyMillis, withIdentify);
  }
}
