package org.tidelog.sim.availability;

import java.util.Optional;
import java.util.function.DoubleSupplier;

/** On and off in turns, both lengths drawn: an alternating renewal process. */
final class Renewal implements Presence {
  private final DoubleSupplier onMillis;
  private final DoubleSupplier offMillis;
  private double atMillis;
  private boolean isOn;

  Renewal(DoubleSupplier onMillis, DoubleSupplier offMillis, boolean beginsOn) {
    this.onMillis = onMillis;
    this.offMillis = offMillis;
    this.isOn = beginsOn;
  }

  @Override
  public Optional<Session> next() {
    if (!isOn) {
      atMillis += Math.max(1, offMillis.getAsDouble());
    }
    isOn = false;
    double end = atMillis + Math.max(1, onMillis.getAsDouble());
    long startMillis = (long) atMillis;
    atMillis = end;
    return Optional.of(
        new Session(startMillis, Math.max(startMillis + 1, (long) end), Occasion.FOREGROUND));
  }
}
