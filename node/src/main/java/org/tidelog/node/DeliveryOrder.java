package org.tidelog.node;

import java.util.Locale;

/** In which order a cursor delivers. */
public enum DeliveryOrder {
  /** No entry before one that its author had seen, as far as they are here: that of a topic. */
  CAUSAL,
  /**
   * As they became durable on this device, so that what comes late is delivered late; those that
   * came before the topic was first read so, in causal order.
   */
  ARRIVAL;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
