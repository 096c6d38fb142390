package org.tidelog.log.entry;

import org.tidelog.crypto.Digest;

/**
 * What an entry counts for where slices are cut and page boundaries drawn. Depends on the entry
 * alone: not on whether its payload is there, nor on what stands before it. So everybody draws the
 * same boundaries, and dropping payloads moves none.
 */
final class Weight {
  /** What a time is taken to cost. It takes 1 to 7 bytes, depending on the entry before. */
  private static final int TIME = 4;

  private Weight() {}

  /**
   * Within 4 bytes of what the entry takes at most, with or without payload.
   *
   * @param middleBytes of expiry, parents and payload length as encoded
   */
  static int of(int flags, int middleBytes, int payloadLength) {
    int lead = (flags & (Flags.EXPIRING | Flags.LINKED)) != 0 ? 2 : 1;
    // The hash that stands in for a payload that is gone must fit where a shorter one was.
    return lead + TIME + middleBytes + Math.max(payloadLength, Digest.LENGTH);
  }
}
