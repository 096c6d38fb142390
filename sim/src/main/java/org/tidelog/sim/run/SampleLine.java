package org.tidelog.sim.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidelog.sim.network.Layer;

/** One run's outcome as a line of JSON, exact: what {@code samples.jsonl} keeps. */
record SampleLine(String key, Sample sample) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String KEY = "job";
  private static final String LAYER = "bytes_";

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(KEY, key);
      for (Count count : Count.values()) {
        json.writeNumberField(count.word(), sample.count(count));
      }
      for (Measure measure : Measure.values()) {
        double value = sample.measure(measure);
        if (!Double.isNaN(value)) {
          json.writeNumberField(measure.word(), value);
        }
      }
      for (Layer layer : Layer.values()) {
        json.writeNumberField(LAYER + layer.word(), sample.bytes(layer));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Nothing if the line is not whole, as the last one is not when a run was interrupted. */
  static Optional<SampleLine> parse(String line) {
    String key = "";
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    Map<Layer, Long> layers = new EnumMap<>(Layer.class);
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals(KEY)) {
          key = json.getText();
        } else if (constant(Count.values(), name).isPresent()) {
          counts.put(constant(Count.values(), name).get(), json.getLongValue());
        } else if (constant(Measure.values(), name).isPresent()) {
          measures.put(constant(Measure.values(), name).get(), json.getDoubleValue());
        } else if (name.startsWith(LAYER)) {
          constant(Layer.values(), name.substring(LAYER.length()))
              .ifPresent(layer -> layers.put(layer, longValue(json)));
        }
      }
      boolean isWhole = json.currentToken() == JsonToken.END_OBJECT && !key.isEmpty();
      return isWhole
          ? Optional.of(new SampleLine(key, new Sample(counts, layers, measures)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long longValue(JsonParser json) {
    try {
      return json.getLongValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T extends Enum<T>> Optional<T> constant(T[] values, String word) {
    return Arrays.stream(values)
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }
}
