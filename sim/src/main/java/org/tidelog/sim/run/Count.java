package org.tidelog.sim.run;

import java.util.Locale;

/** What is counted in a run, exactly; over replicates these are added. */
public enum Count {
  MESSAGES,
  DELIVERIES_EXPECTED,
  DELIVERIES,
  /** Every byte that leaves a device or a helper, once. */
  BYTES_TOTAL,
  BYTES_DEVICE_UP,
  BYTES_DEVICE_DOWN,
  /** What helpers send. */
  BYTES_HELPER,
  BYTES_LOST,
  PAYLOAD_BYTES_DELIVERED,
  /** An application was given again what it had. */
  DELIVERIES_REPEATED,
  SENDS,
  ACKS,
  OFFERS,
  REQUESTS,
  WAKEUPS,
  /** Runs in which something was left to do when the time was over. */
  UNSETTLED,
  EVENTS;

  /** As the column is called. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
