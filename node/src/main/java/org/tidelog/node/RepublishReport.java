package org.tidelog.node;

import java.time.Instant;
import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * What putting a log's record into the mirror once more came to.
 *
 * @param own whether this device signed it
 * @param sequence of the record: how many entries it is of
 * @param layers that have the record now
 * @param newer layers that have a better one, which stays
 * @param problems layers that failed, records there that do not verify, and a record here that is
 *     past its time and went nowhere
 */
public record RepublishReport(
    String topic,
    IpnsName name,
    boolean own,
    long sequence,
    Instant validUntil,
    List<String> layers,
    List<String> newer,
    long millis,
    List<Problem> problems) {
  public RepublishReport {
    layers = List.copyOf(layers);
    newer = List.copyOf(newer);
    problems = List.copyOf(problems);
  }
}
