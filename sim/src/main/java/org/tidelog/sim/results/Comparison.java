package org.tidelog.sim.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What has changed from one table to another.
 *
 * @param pairs rows that both have, unchanged ones too
 */
public record Comparison(List<Pair> pairs, List<RowKey> onlyBefore, List<RowKey> onlyAfter) {
  /** What is compared, beside the bytes of all layers. */
  private static final List<String> COLUMNS =
      List.of(
          "amplification",
          "latency_s_p50",
          "latency_s_p95",
          "deliveries",
          "deliveries_repeated",
          "bytes_total");

  public Comparison {
    pairs = List.copyOf(pairs);
    onlyBefore = List.copyOf(onlyBefore);
    onlyAfter = List.copyOf(onlyAfter);
  }

  /** Rows about the same, and what differs. */
  public record Pair(RowKey key, List<Change> changes) {}

  /** A column's values; NaN where there is none. */
  public record Change(String column, double before, double after) {
    /** 0.1 for a tenth more; NaN where that cannot be said. */
    public double share() {
      return before == 0 ? Double.NaN : after / before - 1;
    }
  }

  public static Comparison of(ResultTable before, ResultTable after) {
    Map<RowKey, ResultRow> old = before.byKey();
    Map<RowKey, ResultRow> young = after.byKey();
    List<Pair> pairs = new ArrayList<>();
    List<RowKey> onlyBefore = new ArrayList<>();
    old.forEach(
        (key, row) -> {
          ResultRow other = young.get(key);
          if (other == null) {
            onlyBefore.add(key);
          } else {
            pairs.add(new Pair(key, changes(row, other)));
          }
        });
    List<RowKey> onlyAfter = young.keySet().stream().filter(key -> !old.containsKey(key)).toList();
    return new Comparison(pairs, onlyBefore, onlyAfter);
  }

  private static List<Change> changes(ResultRow before, ResultRow after) {
    List<String> columns = new ArrayList<>(COLUMNS);
    for (ResultRow row : List.of(before, after)) {
      row.columns().keySet().stream()
          .filter(column -> column.startsWith("bytes_") && !column.endsWith("_ci95"))
          .filter(column -> !columns.contains(column))
          .forEach(columns::add);
    }
    return columns.stream()
        .filter(column -> !before.text(column).equals(after.text(column)))
        .map(column -> new Change(column, before.number(column), after.number(column)))
        .toList();
  }
}
