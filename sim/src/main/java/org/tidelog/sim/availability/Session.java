package org.tidelog.sim.availability;

/**
 * A time online.
 *
 * @param startMillis since the run began
 * @param endMillis after the start; {@link #FOREVER} if it never ends
 */
public record Session(long startMillis, long endMillis, Occasion occasion) {
  /** Far enough away that nothing is added to it by accident. */
  public static final long FOREVER = Long.MAX_VALUE / 4;

  public Session {
    if (endMillis <= startMillis) {
      throw new IllegalArgumentException("endMillis: " + endMillis + " from " + startMillis);
    }
  }

  Session shifted(long millis) {
    return new Session(
        startMillis + millis, endMillis >= FOREVER ? FOREVER : endMillis + millis, occasion);
  }
}
