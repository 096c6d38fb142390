package org.tidelog.sim.availability;

import java.util.Optional;

/** Another presence, moved in time; what is over before the run begins is left out. */
final class Clipped implements Presence {
  private final Presence inner;
  private final long shiftMillis;

  Clipped(Presence inner, long shiftMillis) {
    this.inner = inner;
    this.shiftMillis = shiftMillis;
  }

  @Override
  public Optional<Session> next() {
    while (true) {
      Optional<Session> next = inner.next();
      if (next.isEmpty()) {
        return next;
      }
      Session session = next.get().shifted(shiftMillis);
      if (session.endMillis() > 0) {
        return Optional.of(
            new Session(
                Math.max(0, session.startMillis()), session.endMillis(), session.occasion()));
      }
    }
  }
}
