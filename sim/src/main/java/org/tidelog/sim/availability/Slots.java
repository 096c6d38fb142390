package org.tidelog.sim.availability;

import java.util.Optional;
import org.tidelog.sim.kernel.Chance;

/**
 * A coin for each slot, as in Vac's post. Drawn as the lengths of runs of heads and tails, so that
 * a device that is offline for a thousand slots costs two numbers.
 */
final class Slots implements Presence {
  private final Chance chance;
  private final double uptime;
  private final long slotMillis;
  private long slot;
  private boolean beginsOn;

  /** {@code uptime} is above 0 and below 1. */
  Slots(Chance chance, double uptime, long slotMillis) {
    this.chance = chance;
    this.uptime = uptime;
    this.slotMillis = slotMillis;
    this.beginsOn = chance.happens(uptime);
  }

  @Override
  public Optional<Session> next() {
    if (!beginsOn) {
      slot += chance.geometric(uptime);
    }
    beginsOn = false;
    long first = slot;
    slot += chance.geometric(1 - uptime);
    return Optional.of(new Session(first * slotMillis, slot * slotMillis, Occasion.FOREGROUND));
  }
}
