package org.tidelog.sim.world;

import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.Nat;
import org.tidelog.sim.network.Role;

/**
 * What one machine is.
 *
 * @param link what it has when nothing better is there
 * @param chargingLink what it has on its charger
 * @param capBytesPerDay sent and received; then it is cut off until midnight; 0 for no cap
 */
public record HostOptions(Role role, Link link, Link chargingLink, Nat nat, long capBytesPerDay) {
  public static HostOptions helper() {
    return new HostOptions(Role.HELPER, Link.WIRE, Link.WIRE, Nat.OPEN, 0);
  }
}
