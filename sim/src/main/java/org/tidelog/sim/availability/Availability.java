package org.tidelog.sim.availability;

/** A model of when devices are online. */
public interface Availability {
  /** When {@code device} is online, from the run's beginning on. */
  Presence of(int device);

  /**
   * Seconds a day that somebody has the app open, on average over days and devices; what a rate of
   * messages a day is spread over.
   */
  double foregroundSecondsPerDay();
}
