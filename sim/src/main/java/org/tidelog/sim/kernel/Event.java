package org.tidelog.sim.kernel;

/** What happens when its time has come. One object may stand in the queue many times. */
@FunctionalInterface
public interface Event {
  /**
   * {@code argument} is what was given when it was scheduled: often a number to tell stale ones.
   */
  void fire(long argument);
}
