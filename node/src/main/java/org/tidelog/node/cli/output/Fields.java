package org.tidelog.node.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of one JSON object, in the order they were added. */
public final class Fields {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a field: a string, a boolean, an integer, an instant, fields, or a list of those. */
  public Fields with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Adds a field if there is a value for it. */
  public Fields with(String name, Optional<?> value) {
    value.ifPresent(present -> values.put(name, present));
    return this;
  }

  /** Adds all fields of {@code others} after one's own. */
  public Fields with(Fields others) {
    values.putAll(others.values);
    return this;
  }

  /** One line of JSON, without the line end. */
  public String json() {
    return Json.text(this);
  }

  Map<String, Object> asMap() {
    return values;
  }
}
