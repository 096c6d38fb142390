package org.tidelog.sim.availability;

import java.util.Optional;

/** One device's sessions, given out one by one: each begins after the one before has ended. */
@FunctionalInterface
public interface Presence {
  /** The next session; empty when the device never comes online again. */
  Optional<Session> next();
}
