package org.tidelog.sim.run;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is made of counts and measures: the columns that people look at. */
public enum Figure {
  AMPLIFICATION(s -> ratio(s.count(Count.BYTES_TOTAL), s.count(Count.PAYLOAD_BYTES_DELIVERED))),
  LATENCY_S_P50(s -> s.measure(Measure.LATENCY_S_P50)),
  LATENCY_S_P95(s -> s.measure(Measure.LATENCY_S_P95)),
  LATENCY_S_MEAN(s -> s.measure(Measure.LATENCY_S_MEAN)),
  SENDS_PER_MESSAGE(s -> ratio(s.count(Count.SENDS), s.count(Count.DELIVERIES_EXPECTED))),
  ACKS_PER_MESSAGE(s -> ratio(s.count(Count.ACKS), s.count(Count.DELIVERIES_EXPECTED))),
  WAKEUPS_PER_DEVICE_DAY(
      s -> ratio((double) s.count(Count.WAKEUPS), s.measure(Measure.DEVICE_DAYS))),
  RADIO_S_PER_DEVICE_DAY(s -> ratio(s.measure(Measure.RADIO_S), s.measure(Measure.DEVICE_DAYS))),
  /** Up and down. */
  BYTES_PER_DEVICE_DAY(
      s ->
          ratio(
              (double) (s.count(Count.BYTES_DEVICE_UP) + s.count(Count.BYTES_DEVICE_DOWN)),
              s.measure(Measure.DEVICE_DAYS))),
  CONVERGED_S(s -> s.measure(Measure.CONVERGED_S));

  private final ToDoubleFunction<Sample> of;

  Figure(ToDoubleFunction<Sample> of) {
    this.of = of;
  }

  /** NaN where it has no meaning, such as an amplification of nothing. */
  public double of(Sample sample) {
    return of.applyAsDouble(sample);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double ratio(long part, long whole) {
    return ratio((double) part, (double) whole);
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? Double.NaN : part / whole;
  }
}
