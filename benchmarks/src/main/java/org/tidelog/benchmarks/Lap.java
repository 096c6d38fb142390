package org.tidelog.benchmarks;

/** One of several things that are measured side by side. What is not {@link #run} is not timed. */
interface Lap {
  /** Makes everything ready. */
  default void prepare() throws Exception {}

  /** Does it, and gives how many units were done. */
  long run() throws Exception;

  /** Clears away. */
  default void clean() throws Exception {}
}
