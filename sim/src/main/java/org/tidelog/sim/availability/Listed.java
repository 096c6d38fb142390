package org.tidelog.sim.availability;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Sessions that were known beforehand. */
final class Listed implements Presence {
  private final Iterator<Session> sessions;

  Listed(List<Session> sessions) {
    this.sessions = sessions.iterator();
  }

  @Override
  public Optional<Session> next() {
    return sessions.hasNext() ? Optional.of(sessions.next()) : Optional.empty();
  }
}
