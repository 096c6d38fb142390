package org.tidelog.sim.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of a results file.
 *
 * @param columns as written, in their order; empty where there is no value
 * @param values what was swept, by path
 */
public record ResultRow(Map<String, String> columns, Map<String, String> values) {
  public ResultRow {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public RowKey key() {
    return new RowKey(scenario(), combination(), strategy());
  }

  public String scenario() {
    return text("scenario");
  }

  public String combination() {
    return text("combination");
  }

  public String strategy() {
    return text("strategy");
  }

  /** Empty if there is no such column. */
  public String text(String column) {
    return columns.getOrDefault(column, "");
  }

  /** NaN where there is no number. */
  public double number(String column) {
    String text = text(column);
    try {
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
