package org.tidelog.node;

import java.util.List;

/**
 * How far a cursor is in one log.
 *
 * @param log what is known of it
 * @param delivered entries that were acknowledged, control entries among them
 * @param waiting entries that are here and were not acknowledged
 * @param gaps what is not here
 */
public record CursorStatus(LogStatus log, long delivered, long waiting, List<Gap> gaps) {
  public CursorStatus {
    gaps = List.copyOf(gaps);
  }
}
