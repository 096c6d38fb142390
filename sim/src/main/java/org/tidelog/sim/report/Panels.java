package org.tidelog.sim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidelog.sim.results.ResultRow;

/**
 * How the rows of a scenario are dealt out to charts: the path that was swept first makes the
 * groups of a chart, and there is a chart for each combination of the others.
 */
final class Panels {
  /**
   * What one chart shows.
   *
   * @param title empty if there is but one chart
   * @param groups rows by heading
   */
  record Panel(String title, Map<String, List<ResultRow>> groups) {}

  private Panels() {}

  static List<Panel> of(List<ResultRow> rows) {
    Map<String, Map<String, List<ResultRow>>> panels = new LinkedHashMap<>();
    for (ResultRow row : rows) {
      List<String> labels = labels(row);
      String heading = labels.isEmpty() ? "" : labels.get(0);
      String title = String.join(", ", labels.subList(Math.min(1, labels.size()), labels.size()));
      panels
          .computeIfAbsent(title, unused -> new LinkedHashMap<>())
          .computeIfAbsent(heading, unused -> new ArrayList<>())
          .add(row);
    }
    return panels.entrySet().stream()
        .map(panel -> new Panel(panel.getKey(), panel.getValue()))
        .collect(Collectors.toList());
  }

  /** {@code uptime 5 %}: the last word of a path will do for people. */
  private static List<String> labels(ResultRow row) {
    return row.values().entrySet().stream()
        .map(
            value ->
                value.getKey().substring(value.getKey().lastIndexOf('.') + 1)
                    + " "
                    + value.getValue())
        .toList();
  }
}
