package org.tidelog.sim.results;

import java.util.List;

/**
 * What a column may be in the rows that it is about.
 *
 * @param scenario empty for all, as the combination and the strategy
 * @param isMax whether the column may not be larger than {@code limit}; else not smaller
 * @param place where the budget says it: {@code smoke.yaml:12}
 */
public record Bound(
    String scenario,
    String combination,
    String strategy,
    String column,
    boolean isMax,
    double limit,
    String place) {

  /**
   * A row that does not keep it.
   *
   * @param value NaN where the row has none
   */
  public record Breach(RowKey row, Bound bound, double value) {}

  boolean isAbout(ResultRow row) {
    return (scenario.isEmpty() || scenario.equals(row.scenario()))
        && (combination.isEmpty() || combination.equals(row.combination()))
        && (strategy.isEmpty() || strategy.equals(row.strategy()));
  }

  /** A row without a number keeps no bound. */
  List<Breach> breach(ResultRow row) {
    double value = row.number(column);
    boolean isKept = isMax ? value <= limit : value >= limit;
    return isKept ? List.of() : List.of(new Breach(row.key(), this, value));
  }
}
