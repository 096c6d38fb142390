package org.tidelog.sim.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Sha256;
import org.tidelog.sim.scenario.Scenario;

/** Writes what a sweep has given: the table twice, and what it is a table of. */
final class ResultFiles {
  /** Raised when a field's meaning changes; adding one does not change it. */
  private static final int FORMAT = 1;

  private static final JsonFactory JSON = new JsonFactory();

  private ResultFiles() {}

  static void write(Path folder, String version, List<Row> rows) throws IOException {
    Files.writeString(folder.resolve("results.json"), json(version, rows));
    Files.writeString(folder.resolve("results.csv"), csv(rows));
    Files.writeString(folder.resolve("manifest.json"), manifest(version, rows));
  }

  static String line(Row row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writeRow(json, row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String json(String version, List<Row> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = generator(text)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("version", version);
      json.writeArrayFieldStart("scenarios");
      for (Scenario scenario : scenarios(rows).values()) {
        json.writeStartObject();
        json.writeStringField("name", scenario.name());
        json.writeStringField("description", scenario.description());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rows");
      for (Row row : rows) {
        writeRow(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void writeRow(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> column : row.columns().entrySet()) {
      json.writeFieldName(column.getKey());
      writeValue(json, column.getValue());
    }
    json.writeObjectFieldStart("values");
    for (var value : row.combination().values()) {
      json.writeStringField(value.path(), value.value());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      if (number.isNaN()) {
        json.writeNull();
      } else {
        json.writeNumber(Numbers.rounded(number));
      }
    } else {
      json.writeString((String) value);
    }
  }

  private static String csv(List<Row> rows) {
    // Rows of several scenarios may have different columns: those of replicates.
    Set<String> names = new LinkedHashSet<>();
    List<Map<String, Object>> lines = rows.stream().map(Row::columns).toList();
    lines.forEach(line -> names.addAll(line.keySet()));
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (Map<String, Object> line : lines) {
      text.append(
              names.stream().map(name -> field(line.get(name))).collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return Numbers.text(number);
    }
    String text = value.toString();
    // RFC 4180.
    return text.contains(",") || text.contains("\"") || text.contains("\n")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static String manifest(String version, List<Row> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = generator(text)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("version", version);
      json.writeArrayFieldStart("scenarios");
      for (Map.Entry<String, Scenario> scenario : scenarios(rows).entrySet()) {
        json.writeStartObject();
        json.writeStringField("name", scenario.getKey());
        json.writeStringField("hash", hash(scenario.getKey(), rows));
        json.writeNumberField(
            "rows",
            rows.stream()
                .filter(row -> row.combination().scenario().name().equals(scenario.getKey()))
                .count());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  /** Over everything that its rows depend on beside the version. */
  private static String hash(String scenario, List<Row> rows) {
    String text =
        rows.stream()
            .filter(row -> row.combination().scenario().name().equals(scenario))
            .map(
                row ->
                    row.combination().canonical()
                        + row.strategy().word()
                        + row.seed()
                        + "x"
                        + row.samples().size())
            .collect(Collectors.joining("\n"));
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static Map<String, Scenario> scenarios(List<Row> rows) {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    rows.forEach(
        row ->
            scenarios.putIfAbsent(
                row.combination().scenario().name(), row.combination().scenario()));
    return scenarios;
  }

  private static JsonGenerator generator(StringWriter text) throws IOException {
    JsonGenerator json = JSON.createGenerator(text);
    json.setPrettyPrinter(new DefaultPrettyPrinter());
    return json;
  }
}
