package org.tidelog.node.ipfs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few fields of JSON answers that matter here. Objects may follow each other, as in NDJSON;
 * what is not JSON has no fields.
 */
final class RpcJson {
  private static final JsonFactory JSON = new JsonFactory();

  private static final int DEPTH_MAX = 3;
  private static final int NAME_CHARS_MAX = 64;

  /** More than a node says of ten thousand peers. */
  private static final int FIELDS_MAX = 100_000;

  private RpcJson() {}

  /** Text, numbers and truth values of each object in turn, by JSON pointer (RFC 6901). */
  static List<Map<String, String>> objects(byte[] body) {
    List<Map<String, String>> objects = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      int depth = 0;
      int fields = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          if (depth++ == 0) objects.add(new LinkedHashMap<>());
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isScalarValue() && depth > 0 && isNear(parser.getParsingContext())) {
          if (fields++ == FIELDS_MAX) break;
          String pointer = parser.getParsingContext().pathAsPointer().toString();
          objects.get(objects.size() - 1).put(pointer, parser.getText());
        }
      }
    } catch (IOException e) {
      // What was read before it breaks off still counts.
    }
    return objects;
  }

  /**
   * What lies deeper, or under a longer name, is none of ours, and its path could be a page long.
   */
  private static boolean isNear(JsonStreamContext at) {
    int depth = 0;
    for (JsonStreamContext above = at; above != null; above = above.getParent()) {
      if (++depth > DEPTH_MAX + 1) return false;
      if (above.hasCurrentName() && above.getCurrentName().length() > NAME_CHARS_MAX) return false;
    }
    return true;
  }

  /** A field of the first object that has it. */
  static Optional<String> field(byte[] body, String pointer) {
    for (Map<String, String> object : objects(body)) {
      if (object.containsKey(pointer)) return Optional.of(object.get(pointer));
    }
    return Optional.empty();
  }
}
