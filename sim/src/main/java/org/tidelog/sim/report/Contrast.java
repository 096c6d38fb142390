package org.tidelog.sim.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.sim.results.ResultRow;

/** The strategies with the smallest and the largest value of a column in one combination. */
record Contrast(ResultRow least, ResultRow most, double low, double high) {
  /** How many times as much the largest is; infinite where the smallest is 0. */
  double ratio() {
    return high / low;
  }

  /** Whether nobody would call one of them larger. */
  boolean isNone() {
    return high <= low * 1.01;
  }

  /** One for each combination in which more than one strategy has a value. */
  static List<Contrast> all(List<ResultRow> rows, String column) {
    Map<String, List<ResultRow>> combinations = new LinkedHashMap<>();
    for (ResultRow row : rows) {
      if (!Double.isNaN(row.number(column))) {
        combinations.computeIfAbsent(row.combination(), unused -> new ArrayList<>()).add(row);
      }
    }
    Comparator<ResultRow> bySize = Comparator.comparingDouble(row -> row.number(column));
    List<Contrast> contrasts = new ArrayList<>();
    for (List<ResultRow> group : combinations.values()) {
      ResultRow least = group.stream().min(bySize).orElseThrow();
      ResultRow most = group.stream().max(bySize).orElseThrow();
      if (group.size() > 1) {
        contrasts.add(new Contrast(least, most, least.number(column), most.number(column)));
      }
    }
    return contrasts;
  }

  /** That with the largest ratio. */
  static Optional<Contrast> widest(List<Contrast> contrasts) {
    return contrasts.stream()
        .filter(contrast -> !contrast.isNone())
        .max(Comparator.comparingDouble(Contrast::ratio));
  }
}
