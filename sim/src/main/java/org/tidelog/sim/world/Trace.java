package org.tidelog.sim.world;

/** Who wants to see one message's way. */
@FunctionalInterface
public interface Trace {
  /** Nobody does. */
  Trace NONE = step -> {};

  void note(Step step);

  /**
   * One step.
   *
   * @param what {@code written}, {@code sent}, {@code lost}, {@code received} or {@code delivered}
   * @param to the other device; the same as {@code from} where there is none
   * @param bytes with everything around them; 0 where nothing is sent
   */
  record Step(long micros, String what, int message, int from, int to, long bytes) {}
}
