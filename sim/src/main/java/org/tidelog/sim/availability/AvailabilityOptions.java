package org.tidelog.sim.availability;

import java.util.List;

/**
 * What a scenario says about when devices are online. Not every profile uses all of it.
 *
 * @param uptime share of time online, 0 (excluded) to 1: {@code vac-iid}, {@code uniform}, {@code
 *     exponential}, {@code home-mailbox}
 * @param slotMillis how long a coin of {@code uniform} holds
 * @param sessionMillis mean of a session of {@code exponential}
 * @param outageMillis mean of an outage of {@code home-mailbox}
 * @param refreshesPerDay of {@code ios-refresh}
 * @param spread deviation of the logarithm of how much more or less than the average people open
 *     their app; 0 makes everybody alike
 * @param zonesHours hours ahead of the run's clock, dealt out to the devices in turn; not empty
 * @param traceText lines {@code device,start_s,end_s} of {@code trace}; else empty
 */
public record AvailabilityOptions(
    Profile profile,
    double uptime,
    long slotMillis,
    long sessionMillis,
    long outageMillis,
    int refreshesPerDay,
    double spread,
    List<Double> zonesHours,
    String traceText) {

  public AvailabilityOptions {
    if (!(uptime > 0 && uptime <= 1)) {
      throw new IllegalArgumentException("uptime: " + uptime);
    }
    if (zonesHours.isEmpty()) {
      throw new IllegalArgumentException("zonesHours: none");
    }
    zonesHours = List.copyOf(zonesHours);
  }

  /** The profile with everything else as it is when a scenario does not say it. */
  public static AvailabilityOptions of(Profile profile) {
    return new AvailabilityOptions(profile, 0.1, 1_000, 90_000, 1_800_000, 4, 0, List.of(0.0), "");
  }

  public AvailabilityOptions withUptime(double other) {
    return new AvailabilityOptions(
        profile,
        other,
        slotMillis,
        sessionMillis,
        outageMillis,
        refreshesPerDay,
        spread,
        zonesHours,
        traceText);
  }
}
