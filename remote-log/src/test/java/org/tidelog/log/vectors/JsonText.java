package org.tidelog.log.vectors;

/** A list of objects whose values are all text, one field a line: what the vectors are kept as. */
public final class JsonText {
  private final StringBuilder out = new StringBuilder("[");
  private boolean firstObject = true;
  private boolean firstField;

  public JsonText open() {
    out.append(firstObject ? "\n  {" : ",\n  {");
    firstObject = false;
    firstField = true;
    return this;
  }

  public JsonText put(String name, long value) {
    return put(name, Long.toString(value));
  }

  /** Nothing in the vectors needs escaping. */
  public JsonText put(String name, String value) {
    if ((name + value).matches("(?s).*[\"\\\\\n].*")) throw new IllegalArgumentException(value);
    out.append(firstField ? "\n    \"" : ",\n    \"");
    firstField = false;
    out.append(name).append("\": \"").append(value).append('"');
    return this;
  }

  public JsonText close() {
    out.append("\n  }");
    return this;
  }

  @Override
  public String toString() {
    return out + "\n]\n";
  }
}
