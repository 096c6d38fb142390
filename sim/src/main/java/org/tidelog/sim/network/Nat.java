package org.tidelog.sim.network;

import org.tidelog.sim.kernel.Chance;

/** Where a device stands behind address translation: who can dial it. */
public enum Nat {
  /** A public address. */
  OPEN,
  /** Behind a translator that keeps ports: reached by hole punching, mostly. */
  CONE,
  /** Behind one that does not (most mobile carriers): reaches others, is reached by none. */
  SYMMETRIC;

  /** Share of hole punches that work between two such devices: arXiv 2510.27500. */
  public static final double PUNCH_SUCCESS = 0.7;

  /** Whether a device in front of {@code to} can be dialled from here; luck is {@code pair}'s. */
  public boolean reaches(Nat to, Chance pair) {
    return switch (to) {
      case OPEN -> true;
      case CONE -> this != SYMMETRIC && pair.happens(PUNCH_SUCCESS);
      case SYMMETRIC -> this == OPEN && pair.happens(PUNCH_SUCCESS);
    };
  }
}
