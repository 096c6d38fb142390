package org.tidelog.replicator;

/**
 * What this device is connected with.
 *
 * @param metered whether somebody pays by the byte
 * @param charging whether the device is on a charger
 */
public record Network(boolean online, boolean metered, boolean charging) {
  public static final Network OFFLINE = new Network(false, false, false);

  /** A cable, or Wi-Fi at home. */
  public static final Network FREE = new Network(true, false, true);
}
