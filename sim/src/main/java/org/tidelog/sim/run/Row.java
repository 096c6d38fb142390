package org.tidelog.sim.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.sim.availability.AvailabilityOptions;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.scenario.Combination;
import org.tidelog.sim.scenario.Scenario;
import org.tidelog.sim.scenario.StrategyKind;
import org.tidelog.sim.workload.Workload;

/** One line of the table: a combination and a strategy, all replicates together. */
public record Row(Combination combination, StrategyKind strategy, long seed, List<Sample> samples) {
  public Row {
    samples = List.copyOf(samples);
  }

  public Sample pooled() {
    return Sample.pooled(samples);
  }

  public double figure(Figure figure) {
    return figure.of(pooled());
  }

  /**
   * Columns in their order. A value is a {@link String}, a {@link Long}, or a {@link Double}, which
   * is NaN where there is none.
   */
  Map<String, Object> columns() {
    Sample pooled = pooled();
    Map<String, Object> columns = new LinkedHashMap<>();
    describe(columns, pooled);
    for (Count count :
        List.of(
            Count.MESSAGES,
            Count.DELIVERIES_EXPECTED,
            Count.DELIVERIES,
            Count.BYTES_TOTAL,
            Count.BYTES_DEVICE_UP,
            Count.BYTES_DEVICE_DOWN,
            Count.BYTES_HELPER,
            Count.PAYLOAD_BYTES_DELIVERED)) {
      columns.put(count.word(), pooled.count(count));
    }
    for (Figure figure : Figure.values()) {
      columns.put(figure.word(), figure.of(pooled));
    }
    for (Layer layer : Layer.values()) {
      columns.put("bytes_" + layer.word(), pooled.bytes(layer));
    }
    for (Count count :
        List.of(
            Count.BYTES_LOST,
            Count.SENDS,
            Count.ACKS,
            Count.OFFERS,
            Count.REQUESTS,
            Count.DELIVERIES_REPEATED,
            Count.UNSETTLED)) {
      columns.put(count.word(), pooled.count(count));
    }
    columns.put("device_days", pooled.measure(Measure.DEVICE_DAYS));
    columns.put("replicates", (long) samples.size());
    if (samples.size() > 1) {
      for (Figure figure : Figure.values()) {
        double[] values =
            samples.stream().mapToDouble(figure::of).filter(v -> !Double.isNaN(v)).toArray();
        columns.put(figure.word() + "_ci95", Confidence.halfWidth(values));
      }
    }
    return columns;
  }

  /** The columns as one line of JSON. */
  public String json() {
    return ResultFiles.line(this);
  }

  private void describe(Map<String, Object> columns, Sample pooled) {
    Scenario scenario = combination.scenario();
    Workload workload = scenario.workload().make(seed).workload();
    columns.put("scenario", scenario.name());
    columns.put("combination", combination.label());
    columns.put("strategy", strategy.word());
    columns.put("seed", seed);
    columns.put("uptime", uptime(scenario.workload().availability(), pooled));
    columns.put("profile", scenario.workload().availability().profile().word());
    columns.put("devices", (long) workload.devices());
    columns.put("recipients", (long) workload.topics().get(0).members().size() - 1);
    columns.put("payload_bytes", (long) scenario.workload().sizes().bytes());
  }

  /** As the scenario says it, or as it came out where a profile decides. */
  private static double uptime(AvailabilityOptions options, Sample pooled) {
    return switch (options.profile()) {
      case UNIFORM, VAC_IID, EXPONENTIAL, HOME_MAILBOX -> options.uptime();
      case ALWAYS -> 1;
      default -> pooled.measure(Measure.ONLINE_S) / 86_400 / pooled.measure(Measure.DEVICE_DAYS);
    };
  }
}
