package org.tidelog.sim.network;

import java.util.Optional;
import org.tidelog.sim.kernel.Chance;

/**
 * How a device is connected to the Internet. Latencies and rates are round figures of such links as
 * people have them; each can be set in a scenario.
 *
 * @param latencyMillis from the device to the core of the network, one way; mean
 * @param latencySigma deviation of its logarithm
 * @param upBitsPerSecond mean; 0 for no limit
 * @param downBitsPerSecond mean; 0 for no limit
 * @param rateSigma deviation of the rates' logarithm, drawn for each session
 * @param loss share of packets lost, each for itself
 * @param isMetered whether somebody pays by the byte
 */
public record Link(
    String name,
    double latencyMillis,
    double latencySigma,
    double upBitsPerSecond,
    double downBitsPerSecond,
    double rateSigma,
    double loss,
    boolean isMetered,
    Radio radio) {
  public static final Link WIFI = new Link("wifi", 8, 0.5, 2e7, 5e7, 0.5, 0.002, false, Radio.WIFI);
  public static final Link LTE = new Link("lte", 30, 0.4, 8e6, 2.5e7, 0.7, 0.002, true, Radio.LTE);
  public static final Link UMTS = new Link("3g", 80, 0.5, 5e5, 2e6, 0.7, 0.01, true, Radio.UMTS);
  public static final Link BLE = new Link("ble", 40, 0.5, 1e5, 1e5, 0.3, 0.01, false, Radio.BLE);

  /** A machine in a data centre. */
  public static final Link WIRE = new Link("wire", 2, 0.1, 1e9, 1e9, 0, 0, false, Radio.NONE);

  /** Nothing takes time, nothing is lost: for checking formulas. */
  public static final Link IDEAL = new Link("ideal", 0, 0, 0, 0, 0, 0, false, Radio.NONE);

  private static final Link[] ALL = {WIFI, LTE, UMTS, BLE, WIRE, IDEAL};

  public static Optional<Link> parse(String name) {
    for (Link link : ALL) {
      if (link.name.equals(name)) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  public Link withLoss(double other) {
    return new Link(
        name,
        latencyMillis,
        latencySigma,
        upBitsPerSecond,
        downBitsPerSecond,
        rateSigma,
        other,
        isMetered,
        radio);
  }

  /** The same link with this session's rates. */
  public Link drawn(Chance chance) {
    if (rateSigma == 0) {
      return this;
    }
    double factor = chance.logNormal(1, rateSigma);
    return new Link(
        name,
        latencyMillis,
        latencySigma,
        upBitsPerSecond * factor,
        downBitsPerSecond * factor,
        rateSigma,
        loss,
        isMetered,
        radio);
  }

  public long latencyMicros(Chance chance) {
    return latencyMillis == 0 ? 0 : (long) (1e3 * chance.logNormal(latencyMillis, latencySigma));
  }

  public static long microsFor(int bytes, double bitsPerSecond) {
    return bitsPerSecond == 0 ? 0 : (long) Math.ceil(8e6 * bytes / bitsPerSecond);
  }
}
