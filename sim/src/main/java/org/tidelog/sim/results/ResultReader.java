package org.tidelog.sim.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a results file; what it does not know it passes over. */
final class ResultReader {
  private static final int FORMAT = 1;

  private final String file;
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final List<ResultRow> rows = new ArrayList<>();
  private String version = "";

  /** {@code file} is its name for messages. */
  ResultReader(String file) {
    this.file = file;
  }

  ResultTable read(Reader text) throws IOException, ResultsException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        member(json, json.currentName());
      }
      return new ResultTable(version, descriptions, rows);
    } catch (JsonProcessingException e) {
      throw new ResultsException(file + ": not JSON: " + e.getOriginalMessage());
    }
  }

  private void member(JsonParser json, String name) throws IOException, ResultsException {
    JsonToken value = json.nextToken();
    switch (name) {
      case "format" -> checkFormat(json.getText());
      case "version" -> version = json.getText();
      case "scenarios" -> scenarios(json, value);
      case "rows" -> rows(json, value);
      default -> json.skipChildren();
    }
  }

  private void scenarios(JsonParser json, JsonToken start) throws IOException, ResultsException {
    expect(start, JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> members = texts(json, new LinkedHashMap<>());
      descriptions.put(members.getOrDefault("name", ""), members.getOrDefault("description", ""));
    }
  }

  private void rows(JsonParser json, JsonToken start) throws IOException, ResultsException {
    expect(start, JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> values = new LinkedHashMap<>();
      Map<String, String> columns = texts(json, values);
      rows.add(new ResultRow(columns, values));
    }
  }

  /** The members of an object; those of an object in it go to {@code inner}. */
  private Map<String, String> texts(JsonParser json, Map<String, String> inner)
      throws IOException, ResultsException {
    Map<String, String> texts = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isScalarValue()) {
        texts.put(name, value == JsonToken.VALUE_NULL ? "" : json.getText());
      } else {
        expect(value, JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          inner.put(json.currentName(), json.nextTextValue() == null ? "" : json.getText());
        }
      }
    }
    return texts;
  }

  private void checkFormat(String format) throws ResultsException {
    if (!format.equals(String.valueOf(FORMAT))) {
      throw new ResultsException(
          file + ": format " + format + ", and this program reads " + FORMAT);
    }
  }

  private void expect(JsonToken token, JsonToken expected) throws ResultsException {
    if (token != expected) {
      throw new ResultsException(file + ": not a table of results");
    }
  }
}
