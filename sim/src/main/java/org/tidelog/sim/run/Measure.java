package org.tidelog.sim.run;

import java.util.Locale;

/** What is measured in a run and is no count. */
public enum Measure {
  DEVICE_DAYS(true),
  RADIO_S(true),
  ONLINE_S(true),
  LATENCY_S_P50(false),
  LATENCY_S_P95(false),
  LATENCY_S_MEAN(false),
  /** From the beginning to the last delivery. */
  CONVERGED_S(false);

  /** Whether replicates are added; else their mean is taken. */
  final boolean isAdded;

  Measure(boolean isAdded) {
    this.isAdded = isAdded;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
