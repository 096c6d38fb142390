package org.tidelog.sim.network;

/**
 * How a radio is on around what it carries.
 *
 * @param promotionMillis before the first byte
 * @param tailMillis after the last one
 */
public record Radio(long promotionMillis, long tailMillis) {
  /** A 4G phone: Huang et al., MobiSys 2012. */
  public static final Radio LTE = new Radio(260, 11_580);

  /** The same study's 3G. */
  public static final Radio UMTS = new Radio(580, 8_090);

  /** The same study's Wi-Fi in power-save mode. */
  public static final Radio WIFI = new Radio(79, 238);

  /** Connection events go on while a connection does; no tail of its own. */
  public static final Radio BLE = new Radio(10, 20);

  public static final Radio NONE = new Radio(0, 0);
}
