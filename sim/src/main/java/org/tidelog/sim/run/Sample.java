package org.tidelog.sim.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tidelog.sim.network.Layer;

/**
 * What came out of one run, or of several together.
 *
 * @param layers bytes sent, by layer; they add up to the total
 * @param measures NaN where there is nothing to measure
 */
public record Sample(
    Map<Count, Long> counts, Map<Layer, Long> layers, Map<Measure, Double> measures) {

  public long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  public long bytes(Layer layer) {
    return layers.getOrDefault(layer, 0L);
  }

  public double measure(Measure measure) {
    return measures.getOrDefault(measure, Double.NaN);
  }

  /** Replicates as one: counts and times added, latencies averaged where there are any. */
  static Sample pooled(List<Sample> samples) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    Map<Layer, Long> layers = new EnumMap<>(Layer.class);
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    for (Sample sample : samples) {
      sample.counts.forEach((count, value) -> counts.merge(count, value, Long::sum));
      sample.layers.forEach((layer, value) -> layers.merge(layer, value, Long::sum));
    }
    for (Measure measure : Measure.values()) {
      var values =
          samples.stream().mapToDouble(s -> s.measure(measure)).filter(v -> !Double.isNaN(v));
      measures.put(measure, measure.isAdded ? values.sum() : values.average().orElse(Double.NaN));
    }
    return new Sample(counts, layers, measures);
  }
}
