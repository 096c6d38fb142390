package org.tidelog.sim.availability;

/** Why a device is online. */
public enum Occasion {
  /** Somebody has the app open, and may write. */
  FOREGROUND,
  /** The system lets the app run for a moment. */
  BACKGROUND,
  /** It lies on its charger, on a link that costs nothing. */
  CHARGING;

  /**
   * The occasion of a session that two others make together. A night on the charger is no evening
   * spent with the app because somebody looked at it before.
   */
  Occasion with(Occasion other) {
    if (this == CHARGING || other == CHARGING) {
      return CHARGING;
    }
    return this == FOREGROUND ? this : other;
  }
}
