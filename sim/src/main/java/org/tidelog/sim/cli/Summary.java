package org.tidelog.sim.cli;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.sim.run.Count;
import org.tidelog.sim.run.Figure;
import org.tidelog.sim.run.Numbers;
import org.tidelog.sim.run.Row;
import org.tidelog.sim.run.Sample;

/** The few columns that fit on a screen. */
final class Summary {
  private static final List<String> HEADINGS =
      List.of(
          "scenario",
          "combination",
          "strategy",
          "bytes/byte",
          "sends",
          "p50 s",
          "p95 s",
          "delivered");

  private Summary() {}

  static void print(List<Row> rows, Console console) {
    if (console.isJson()) {
      rows.forEach(row -> console.line(row.json()));
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    for (Row row : rows) {
      lines.add(cells(row));
    }
    int[] widths = new int[HEADINGS.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      console.line(aligned(line, widths));
    }
  }

  private static List<String> cells(Row row) {
    Sample pooled = row.pooled();
    return List.of(
        row.combination().scenario().name(),
        row.combination().label(),
        row.strategy().word(),
        short1(Figure.AMPLIFICATION.of(pooled)),
        short1(Figure.SENDS_PER_MESSAGE.of(pooled)),
        short1(Figure.LATENCY_S_P50.of(pooled)),
        short1(Figure.LATENCY_S_P95.of(pooled)),
        pooled.count(Count.DELIVERIES) + " of " + pooled.count(Count.DELIVERIES_EXPECTED));
  }

  private static String short1(double value) {
    return Double.isNaN(value) ? "-" : Numbers.text(Math.round(value * 100) / 100.0);
  }

  private static String aligned(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean isText = i < 3;
      String format = isText ? "%-" + widths[i] + "s" : "%" + widths[i] + "s";
      line.append(i == 0 ? "" : "  ").append(widths[i] == 0 ? "" : format.formatted(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }
}
