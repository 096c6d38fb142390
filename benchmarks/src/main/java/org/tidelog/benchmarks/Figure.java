package org.tidelog.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the rounds of one lap came to.
 *
 * @param rates units a second, in the order of the rounds
 */
record Figure(String name, List<Double> rates) {
  Figure {
    rates = List.copyOf(rates);
  }

  double median() {
    return median(rates);
  }

  /** The median of the ratios to another lap's rates, round by round: both saw the same weather. */
  double medianAgainst(Figure other) {
    return median(ratios(other));
  }

  private List<Double> ratios(Figure other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      ratios.add(rates.get(i) / other.rates.get(i));
    }
    return ratios;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = sorted(values);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static List<Double> sorted(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }

  /** A row for a table: name, median, smallest and largest rate. */
  String row() {
    List<Double> sorted = sorted(rates);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f to %,.0f |",
        name,
        median(),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  /** The same for the ratio to another lap. */
  String rowAgainst(Figure other) {
    List<Double> sorted = sorted(ratios(other));
    return String.format(
        Locale.ROOT,
        "| %s / %s | %.2f | %.2f to %.2f |",
        name,
        other.name,
        medianAgainst(other),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }
}
