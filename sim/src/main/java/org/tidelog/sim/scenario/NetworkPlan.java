package org.tidelog.sim.scenario;

import java.util.List;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.Nat;
import org.tidelog.sim.network.Role;
import org.tidelog.sim.world.HostOptions;
import org.tidelog.sim.world.WorldOptions;

/**
 * What a scenario says about the network.
 *
 * @param links what devices have, and how many of them
 * @param nats what stands before them
 * @param capBytesPerDay 0 for none
 */
public record NetworkPlan(
    WorldOptions world, List<Part<Link>> links, List<Part<Nat>> nats, long capBytesPerDay) {

  /** A share of all devices. */
  public record Part<T>(T value, double share) {}

  /** What the device with this stream of chance has. */
  public HostOptions host(Chance chance) {
    Link link = draw(links, chance);
    Nat nat = draw(nats, chance);
    // Whoever charges a phone at home has Wi-Fi there.
    Link charging = link.isMetered() ? Link.WIFI : link;
    return new HostOptions(Role.DEVICE, link, charging, nat, capBytesPerDay);
  }

  private static <T> T draw(List<Part<T>> parts, Chance chance) {
    double total = parts.stream().mapToDouble(Part::share).sum();
    double left = chance.uniform() * total;
    for (Part<T> part : parts) {
      left -= part.share();
      if (left < 0) {
        return part.value();
      }
    }
    return parts.get(parts.size() - 1).value();
  }
}
