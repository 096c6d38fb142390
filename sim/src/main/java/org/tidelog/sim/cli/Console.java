package org.tidelog.sim.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where results, failures and progress go.
 *
 * @param isJson whether results are one object a line
 * @param showsProgress whether somebody is looking and wants to know
 */
record Console(PrintStream out, PrintStream err, boolean isJson, boolean showsProgress) {
  private static final int BAR_WIDTH = 24;
  private static final String CLEAR_LINE = "\r\033[K";

  void line(String text) {
    out.println(text);
  }

  /** One object with texts. */
  void object(Map<String, String> fields) {
    line(json(fields));
  }

  /** What writes the members of an object. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** One object. */
  void object(Members members) {
    line(json(members));
  }

  void failure(String word, String message, String hint) {
    flush();
    if (isJson) {
      err.println(json(Map.of("error", word, "message", message, "hint", hint)));
      return;
    }
    err.println("tidelog: " + message);
    if (!hint.isEmpty()) {
      err.println("  try: " + hint);
    }
  }

  void progress(int done, int total) {
    if (!showsProgress || total == 0) {
      return;
    }
    int filled = done * BAR_WIDTH / total;
    String bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    err.print(CLEAR_LINE + "simulating  " + bar + "  " + done + " of " + total + " runs");
    err.flush();
  }

  void clearProgress() {
    if (showsProgress) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  void flush() {
    out.flush();
  }

  private static String json(Map<String, String> fields) {
    return json(
        json -> {
          for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
          }
        });
  }

  private static String json(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
