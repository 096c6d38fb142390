package org.tidelog.node;

/** Told how far long work is. */
@FunctionalInterface
public interface Progress {
  /**
   * Work has come so far.
   *
   * @param what the step, in words
   * @param done so far
   * @param total -1 while unknown
   */
  void at(String what, long done, long total);

  static Progress none() {
    return (what, done, total) -> {};
  }
}
