package org.tidelog.mvds;

import org.tidelog.mvds.wire.Numbering;
import org.tidelog.mvds.wire.WireLimits;

/**
 * How a node behaves.
 *
 * @param forwards whether a message that is new here goes on to the other peers of its group
 * @param payloadBytesMax what a payload may come to; a single message may be larger
 */
public record MvdsSettings(
    DeliveryOrder order,
    RetransmitSchedule schedule,
    Dialect dialect,
    Numbering numbering,
    boolean forwards,
    int payloadBytesMax) {

  public MvdsSettings {
    if (payloadBytesMax < 1 || payloadBytesMax > WireLimits.PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException("payloadBytesMax: " + payloadBytesMax);
    }
  }

  /** The texts, with a bounded exponential schedule: 1, 2, 4 … 64 epochs, then again from 8. */
  public static MvdsSettings spec() {
    return new MvdsSettings(
        DeliveryOrder.CAUSAL,
        RetransmitSchedule.exponential(1, 64, 8),
        Dialect.SPEC,
        Numbering.SPEC,
        true,
        WireLimits.PAYLOAD_BYTES_MAX);
  }

  /** The Go implementation's program, with its schedule and its order of delivery. */
  public static MvdsSettings head() {
    return new MvdsSettings(
        DeliveryOrder.EVENTUAL,
        RetransmitSchedule.head(),
        Dialect.HEAD,
        Numbering.HEAD,
        true,
        WireLimits.PAYLOAD_BYTES_MAX);
  }

  public MvdsSettings withOrder(DeliveryOrder changed) {
    return new MvdsSettings(changed, schedule, dialect, numbering, forwards, payloadBytesMax);
  }

  public MvdsSettings withSchedule(RetransmitSchedule changed) {
    return new MvdsSettings(order, changed, dialect, numbering, forwards, payloadBytesMax);
  }

  public MvdsSettings withDialect(Dialect changed) {
    return new MvdsSettings(order, schedule, changed, numbering, forwards, payloadBytesMax);
  }

  public MvdsSettings withNumbering(Numbering changed) {
    return new MvdsSettings(order, schedule, dialect, changed, forwards, payloadBytesMax);
  }

  public MvdsSettings withForwards(boolean changed) {
    return new MvdsSettings(order, schedule, dialect, numbering, changed, payloadBytesMax);
  }

  public MvdsSettings withPayloadBytesMax(int changed) {
    return new MvdsSettings(order, schedule, dialect, numbering, forwards, changed);
  }
}
