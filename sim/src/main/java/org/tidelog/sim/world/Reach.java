package org.tidelog.sim.world;

import org.tidelog.sim.network.Nat;

/** Whether one machine can dial another: decided once for each pair. */
final class Reach {
  private Reach() {}

  static boolean isPossible(World world, Host from, Host to) {
    Nat target = to.options.nat();
    if (target == Nat.OPEN) {
      return true;
    }
    // The same luck both ways.
    long low = Math.min(from.id(), to.id());
    long high = Math.max(from.id(), to.id());
    return from.options.nat().reaches(target, world.chance("nat", low << 32 | high));
  }
}
