package org.tidelog.mvds;

/** When a record that has been sent is sent again. A function of nothing but its arguments. */
@FunctionalInterface
public interface RetransmitSchedule {
  /**
   * The epoch in which a record is sent next.
   *
   * @param sendCount how often the record has been sent, 1 or more
   * @param epoch when it was sent last
   * @return an epoch after {@code epoch}
   */
  long nextSendEpoch(int sendCount, long epoch);

  /** Every {@code interval} epochs. */
  static RetransmitSchedule constant(int interval) {
    if (interval < 1) throw new IllegalArgumentException("interval: " + interval);
    return (sendCount, epoch) -> epoch + interval;
  }

  /** After {@code step} epochs, then after twice, thrice as many. */
  static RetransmitSchedule linear(int step) {
    if (step < 1) throw new IllegalArgumentException("step: " + step);
    return (sendCount, epoch) -> epoch + (long) step * sendCount;
  }

  /** The Go implementation's: {@code epoch + 2 * count}. */
  static RetransmitSchedule head() {
    return linear(2);
  }

  /**
   * What 2/MVDS asks for: twice as long each time until {@code most} epochs, then again from {@code
   * fallback}. Without a bound the mean latency is infinite for peers that are there half of the
   * time or less.
   */
  static RetransmitSchedule exponential(int first, int most, int fallback) {
    if (first < 1 || most < first) throw new IllegalArgumentException("most: " + most);
    if (fallback < 1 || fallback > most) {
      throw new IllegalArgumentException("fallback: " + fallback);
    }
    int climb = doublings(first, most);
    int again = doublings(fallback, most);
    return (sendCount, epoch) -> {
      int step = sendCount - 1;
      long delay =
          step <= climb
              ? (long) first << step
              : (long) fallback << ((step - climb - 1) % (again + 1));
      return epoch + Math.min(delay, most);
    };
  }

  /** How often {@code from} is to be doubled until it is {@code to} or more. */
  private static int doublings(int from, int to) {
    int count = 0;
    for (long delay = from; delay < to; delay *= 2) count++;
    return count;
  }
}
