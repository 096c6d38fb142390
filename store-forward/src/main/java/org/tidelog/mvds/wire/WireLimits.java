package org.tidelog.mvds.wire;

/** What one payload may hold; more is refused before memory is taken for it. */
public final class WireLimits {
  /** A message travels whole, and again with each retransmission: what is larger goes elsewhere. */
  public static final int BODY_BYTES_MAX = 1 << 20;

  /** A full-sized message, and room for what else is due. */
  public static final int PAYLOAD_BYTES_MAX = 2 << 20;

  /** Acks, offers, requests and messages together: as objects they take thrice their bytes. */
  public static final int RECORDS_MAX = 16_384;

  /**
   * One for each writer of a group, by 4/MVDS-META; in larger groups the rest wait for the next.
   */
  public static final int PARENTS_MAX = 256;

  private WireLimits() {}
}
