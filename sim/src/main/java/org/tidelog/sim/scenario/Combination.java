package org.tidelog.sim.scenario;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One choice of a value for each path that is swept.
 *
 * @param canonical equal for equal scenarios, whatever they are called and however written
 */
public record Combination(List<Assignment> values, Scenario scenario, String canonical) {
  public Combination {
    values = List.copyOf(values);
  }

  /** One path and its value, as written. */
  public record Assignment(String path, String value) {}

  /** {@code uptime=10 %, payload=256 B}: the last words of the paths will do for people. */
  public String label() {
    return values.stream()
        .map(
            value ->
                value.path().substring(value.path().lastIndexOf('.') + 1) + "=" + value.value())
        .collect(Collectors.joining(", "));
  }
}
