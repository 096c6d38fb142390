package org.tidelog.sim.results;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a row is about.
 *
 * @param combination empty where nothing is swept
 */
public record RowKey(String scenario, String combination, String strategy) {
  /** {@code headline, uptime=5 %, mvds-batch}. */
  public String text() {
    return Stream.of(scenario, combination, strategy)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
