package org.tidelog.sim.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.results.ResultRow;

/** What the numbers of a scenario mean, in words. */
final class Sentences {
  private static final String UP = "bytes_device_up";
  private static final String HELPER = "bytes_helper";

  private final List<ResultRow> rows;

  Sentences(List<ResultRow> rows) {
    this.rows = rows;
  }

  /** The first thing to know. */
  String headline() {
    Metric metric = Metric.AMPLIFICATION;
    List<List<ResultRow>> byCost =
        strategies().values().stream()
            .filter(group -> !Double.isNaN(median(group, metric.column())))
            .sorted(Comparator.comparingDouble(group -> median(group, metric.column())))
            .toList();
    if (byCost.isEmpty()) {
      return "Nothing was delivered.";
    }
    List<ResultRow> first = byCost.get(0);
    List<ResultRow> last = byCost.get(byCost.size() - 1);
    double low = median(first, metric.column());
    double high = median(last, metric.column());
    String costs = combinations() > 1 ? "typically costs " : "costs ";
    String cost = costs + Unit.digits(low) + metric.of();
    String rest = byCost.size() == 1 ? "" : times(high / low) + " " + last.get(0).strategy();
    String latency = Unit.SECONDS.text(median(first, "latency_s_p50"));
    double expected = sum(first, "deliveries_expected");
    double missing = expected - sum(first, "deliveries");
    String but = missing > 0 ? ", but " + Unit.SHARE.text(missing / expected) + " never" : "";
    return "%s %s%s; half of its messages are there within %s%s."
        .formatted(first.get(0).strategy(), cost, rest, latency, but);
  }

  String metric(Metric metric) {
    List<Contrast> contrasts = Contrast.all(rows, metric.column());
    if (contrasts.isEmpty()) {
      return range(metric);
    }
    Contrast widest = Contrast.widest(contrasts).orElse(null);
    if (widest == null) {
      return "All strategies are alike: " + range(metric);
    }
    String wins = "";
    if (contrasts.size() > 1) {
      String best = mostFrequent(contrasts);
      long count = contrasts.stream().filter(c -> isLeast(c, best)).count();
      String share = count == contrasts.size() ? "all" : count + " of";
      wins =
          "%s %s in %s %d combinations. Strategies differ most at %s: "
              .formatted(
                  best, metric.least(), share, contrasts.size(), widest.least().combination());
    }
    return wins + gap(metric, widest, contrasts.size() > 1);
  }

  String layers() {
    List<String> parts = new ArrayList<>();
    strategies()
        .forEach(
            (name, group) -> {
              double total = sum(group, "bytes_total");
              if (total == 0) {
                return;
              }
              double arrived = sum(group, "payload_bytes_delivered");
              String words = "payload sent again";
              double largest = bytes(group, Family.PAYLOAD) - arrived;
              for (Family family : Family.all()) {
                double bytes = bytes(group, family);
                if (family != Family.PAYLOAD && bytes > largest) {
                  words = family.words();
                  largest = bytes;
                }
              }
              parts.add(
                  ("Of what %s sends, %s is payload that somebody waits for; the largest part of"
                          + " the rest is %s: %s.")
                      .formatted(
                          name,
                          Unit.SHARE.text(arrived / total),
                          words,
                          Unit.SHARE.text(largest / total)));
            });
    return String.join(" ", parts);
  }

  String roles() {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    strategies()
        .forEach(
            (name, group) -> {
              double helper = sum(group, HELPER);
              if (helper == 0) {
                without.add(name);
              } else {
                double share = helper / (helper + sum(group, UP));
                with.add(
                    "With %s helpers send %s of all bytes".formatted(name, Unit.SHARE.text(share)));
              }
            });
    if (with.isEmpty()) {
      return "No strategy makes use of a helper.";
    }
    String others =
        without.isEmpty() ? "." : "; " + String.join(", ", without) + " make do without helpers.";
    return String.join("; with", String.join("; ", with).split("; With", -1)) + others;
  }

  String latency() {
    Metric median =
        new Metric("", "latency_s_p50", Unit.SECONDS, "delivers soonest", " for half of them", "");
    ResultRow slowest =
        rows.stream()
            .filter(row -> !Double.isNaN(row.number("latency_s_p95")))
            .max(Comparator.comparingDouble(row -> row.number("latency_s_p95")))
            .orElse(null);
    if (slowest == null) {
      return "Nothing was delivered.";
    }
    return metric(median)
        + " The slowest twentieth waits longest with %s: more than %s%s."
            .formatted(
                slowest.strategy(),
                Unit.SECONDS.text(slowest.number("latency_s_p95")),
                at(slowest));
  }

  /** Whether everything arrived; {@link #undelivered} says it either way. */
  boolean isComplete() {
    return rows.stream().allMatch(row -> missing(row) == 0);
  }

  String undelivered() {
    double expected = sum(rows, "deliveries_expected");
    if (isComplete()) {
      return "Each of " + Unit.digits(expected) + " deliveries was made.";
    }
    ResultRow worst =
        rows.stream().max(Comparator.comparingDouble(Sentences::shareMissing)).orElseThrow();
    return "%s of %s deliveries were not made when the time was over. Worst is %s: %s of %s%s."
        .formatted(
            Unit.digits(expected - sum(rows, "deliveries")),
            Unit.digits(expected),
            worst.strategy(),
            Unit.digits(missing(worst)),
            Unit.digits(worst.number("deliveries_expected")),
            at(worst));
  }

  /** In 0 … 1. */
  static double shareMissing(ResultRow row) {
    double expected = row.number("deliveries_expected");
    return expected > 0 ? missing(row) / expected : 0;
  }

  private static double missing(ResultRow row) {
    return row.number("deliveries_expected") - row.number("deliveries");
  }

  private static double bytes(List<ResultRow> rows, Family family) {
    return family.layers().stream()
        .map(Layer::word)
        .mapToDouble(w -> sum(rows, "bytes_" + w))
        .sum();
  }

  private static double sum(List<ResultRow> rows, String column) {
    return rows.stream().mapToDouble(row -> row.number(column)).filter(v -> !Double.isNaN(v)).sum();
  }

  private static double median(List<ResultRow> rows, String column) {
    double[] values =
        rows.stream()
            .mapToDouble(row -> row.number(column))
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    return values.length == 0 ? Double.NaN : values[(values.length - 1) / 2];
  }

  private String range(Metric metric) {
    var values =
        rows.stream()
            .mapToDouble(row -> row.number(metric.column()))
            .filter(value -> !Double.isNaN(value))
            .summaryStatistics();
    if (values.getCount() == 0) {
      return "There is no value.";
    }
    String low = metric.unit().text(values.getMin());
    String high = metric.unit().text(values.getMax());
    return (low.equals(high) ? low : "between " + low + " and " + high) + metric.of() + ".";
  }

  private static String gap(Metric metric, Contrast contrast, boolean isOneOfMany) {
    String low = metric.unit().text(contrast.low()) + metric.of();
    String high = metric.unit().text(contrast.high());
    String name = contrast.least().strategy();
    String start = isOneOfMany ? name + " has " + low : name + " " + metric.least() + ": " + low;
    if (contrast.low() == 0) {
      return start + "; " + contrast.most().strategy() + " " + high + ".";
    }
    return start + times(contrast.ratio()) + " " + contrast.most().strategy() + " (" + high + ").";
  }

  private static String times(double ratio) {
    if (ratio < 1.995) {
      return ", " + Unit.digits((double) Math.round(100 * (1 - 1 / ratio))) + " % less than";
    }
    double rounded = ratio < 10 ? Math.round(ratio * 10) / 10.0 : (double) Math.round(ratio);
    return ", " + Unit.digits(rounded) + " times less than";
  }

  private static boolean isLeast(Contrast contrast, String strategy) {
    return contrast.least().strategy().equals(strategy);
  }

  private static String mostFrequent(List<Contrast> contrasts) {
    Map<String, Long> wins =
        contrasts.stream()
            .collect(
                Collectors.groupingBy(
                    contrast -> contrast.least().strategy(),
                    LinkedHashMap::new,
                    Collectors.counting()));
    return wins.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private String at(ResultRow row) {
    return combinations() > 1 ? ", at " + row.combination() : "";
  }

  private long combinations() {
    return rows.stream().map(ResultRow::combination).distinct().count();
  }

  private Map<String, List<ResultRow>> strategies() {
    return rows.stream()
        .collect(
            Collectors.groupingBy(ResultRow::strategy, LinkedHashMap::new, Collectors.toList()));
  }
}
