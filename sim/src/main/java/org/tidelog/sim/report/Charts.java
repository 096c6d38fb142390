package org.tidelog.sim.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.report.Mark.Stack.Part;
import org.tidelog.sim.results.ResultRow;

/** Makes charts of rows. Charts of one figure have one scale, so that they can be compared. */
final class Charts {
  /** Where the largest is so many times the smallest, short bars would all look alike. */
  private static final double LOG_FROM_RATIO = 30;

  private final List<ResultRow> rows;
  private final Map<String, Integer> colours;

  /** {@code colours} of the strategies, by name. */
  Charts(List<ResultRow> rows, Map<String, Integer> colours) {
    this.rows = rows;
    this.colours = colours;
  }

  Chart bars(Panels.Panel panel, Metric metric) {
    Scale scale = scale(metric.column());
    return chart(
        panel,
        scale,
        metric.unit(),
        row -> {
          double value = row.number(metric.column());
          double error = row.number(metric.column() + "_ci95");
          return line(row, new Mark.Bar(style(row), value, error), value, metric.unit());
        });
  }

  Chart undelivered(Panels.Panel panel) {
    double max = rows.stream().mapToDouble(Sentences::shareMissing).max().orElse(0);
    return chart(
        panel,
        Scale.linear(max),
        Unit.SHARE,
        row -> {
          double value = Sentences.shareMissing(row);
          return line(row, new Mark.Bar(style(row), value, Double.NaN), value, Unit.SHARE);
        });
  }

  /** From the median to the quantile 0.95. */
  Chart latency(Panels.Panel panel) {
    return chart(
        panel,
        scale("latency_s_p50", "latency_s_p95"),
        Unit.SECONDS,
        row -> {
          double median = row.number("latency_s_p50");
          double high = row.number("latency_s_p95");
          if (Double.isNaN(median)) {
            return new Chart.Line(row.strategy(), new Mark.Nothing(), "–");
          }
          String text = Unit.SECONDS.text(median) + " – " + Unit.SECONDS.text(high);
          return new Chart.Line(row.strategy(), new Mark.Range(style(row), median, high), text);
        });
  }

  /** Shares of what is sent. */
  Chart layers(Panels.Panel panel) {
    return chart(
        panel,
        Scale.linear(1),
        Unit.SHARE,
        row -> {
          double total = row.number("bytes_total");
          List<Part> parts = new ArrayList<>();
          for (Family family : Family.all()) {
            for (Layer layer : family.layers()) {
              double bytes = row.number("bytes_" + layer.word());
              if (bytes > 0) {
                String title =
                    "%s: %s, %s"
                        .formatted(
                            layer.word(), Unit.BYTES.text(bytes), Unit.SHARE.text(bytes / total));
                parts.add(new Part(family.style(), bytes / total, title));
              }
            }
          }
          return new Chart.Line(row.strategy(), new Mark.Stack(parts), Unit.BYTES.text(total));
        });
  }

  /**
   * Bytes a device and day, by who sends and receives. Parts can be added up on a linear scale
   * only, on which the small would be nothing beside the large: each chart has its own.
   */
  Chart roles(Panels.Panel panel) {
    double max =
        panel.groups().values().stream()
            .flatMap(List::stream)
            .mapToDouble(row -> roles(row).sum())
            .max()
            .orElse(0);
    return chart(
        panel,
        Scale.linear(max),
        Unit.BYTES,
        row -> {
          Roles roles = roles(row);
          return new Chart.Line(
              row.strategy(), new Mark.Stack(roles.parts()), Unit.BYTES.text(roles.sum()));
        });
  }

  private record Roles(List<Part> parts) {
    double sum() {
      return parts.stream().mapToDouble(Part::value).sum();
    }
  }

  private static Roles roles(ResultRow row) {
    List<Part> parts = new ArrayList<>();
    for (RoleOfBytes role : RoleOfBytes.values()) {
      double bytes = row.number(role.column()) / row.number("device_days");
      if (bytes > 0) {
        parts.add(new Part(role.style(), bytes, role.words() + ": " + Unit.BYTES.text(bytes)));
      }
    }
    return new Roles(parts);
  }

  private Chart chart(
      Panels.Panel panel, Scale scale, Unit unit, Function<ResultRow, Chart.Line> line) {
    List<Chart.Group> groups = new ArrayList<>();
    panel
        .groups()
        .forEach(
            (heading, group) ->
                groups.add(new Chart.Group(heading, group.stream().map(line).toList())));
    return new Chart(scale, unit, groups);
  }

  private static Chart.Line line(ResultRow row, Mark mark, double value, Unit unit) {
    return Double.isNaN(value)
        ? new Chart.Line(row.strategy(), new Mark.Nothing(), "–")
        : new Chart.Line(row.strategy(), mark, unit.text(value));
  }

  private Scale scale(String... columns) {
    var values =
        rows.stream()
            .flatMapToDouble(row -> Arrays.stream(columns).mapToDouble(row::number))
            .filter(value -> value > 0);
    var summary = DoubleStream.of(values.toArray()).summaryStatistics();
    if (summary.getCount() == 0) {
      return Scale.linear(1);
    }
    if (columns[0].equals(Metric.AMPLIFICATION.column())) {
      // From 1: the length of a bar is what comes on top of the payload.
      return Scale.log(Math.min(1, summary.getMin()), summary.getMax());
    }
    return summary.getMax() > summary.getMin() * LOG_FROM_RATIO
        ? Scale.log(summary.getMin(), summary.getMax())
        : Scale.linear(summary.getMax());
  }

  private String style(ResultRow row) {
    return "strategy-" + colours.getOrDefault(row.strategy(), 0);
  }
}
