package org.tidelog.sim.cli;

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
    TextTable table = new TextTable(3, HEADINGS);
    rows.forEach(row -> table.add(cells(row)));
    table.print(console);
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
}
