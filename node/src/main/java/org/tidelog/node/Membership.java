package org.tidelog.node;

import org.tidelog.crypto.MalformedException;

/** How a log came to be in a topic of this device. */
enum Membership {
  /** This device writes it. */
  OWN(0),
  /** The user asked for it, or an invitation names it: it is reported when it cannot be had. */
  FOLLOWED(1),
  /**
   * Another log of the topic names it: it is taken if it can be had and belongs here, and not
   * spoken of otherwise.
   */
  HINTED(2),
  /** A hint that led to a log of this topic. */
  ADMITTED(3);

  private final int code;

  Membership(int code) {
    this.code = code;
  }

  boolean isShown() {
    return this != HINTED;
  }

  byte[] encode() {
    return new byte[] {(byte) code};
  }

  static Membership parse(byte[] bytes) throws MalformedException {
    for (Membership membership : values()) {
      if (bytes.length == 1 && bytes[0] == membership.code) return membership;
    }
    throw new MalformedException("membership of " + bytes.length + " bytes");
  }
}
