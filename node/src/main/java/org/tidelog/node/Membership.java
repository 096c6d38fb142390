package org.tidelog.node;

/** How a log came to be in a topic of this device. */
enum Membership {
  /** This device writes it. */
  OWN,
  /** The user asked for it, or an invitation names it: it is reported when it cannot be had. */
  FOLLOWED,
  /** Another log of the topic names it: it is taken if it can be had and belongs here, and not spoken of otherwise. */
  HINTED,
  /** A hint that led to a log of this topic. */
  ADMITTED;

  boolean isShown() {
    return this != HINTED;
  }
}
