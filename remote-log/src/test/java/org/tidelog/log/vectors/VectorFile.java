package org.tidelog.log.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Vectors of the specification that are lists of flat objects, whose values are all of text. */
public final class VectorFile {
  private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)}");
  private static final Pattern FIELD = Pattern.compile("\"([^\"]+)\": \"([^\"]*)\"");

  private VectorFile() {}

  /** The fields of each object by their names, in order. */
  public static List<Map<String, String>> read(String resource) throws IOException {
    List<Map<String, String>> vectors = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(VectorFile.class.getResourceAsStream(resource), resource)) {
      Matcher objects = OBJECT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (objects.find()) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(objects.group(1));
        while (field.find()) {
          fields.put(field.group(1), field.group(2));
        }
        vectors.add(fields);
      }
    }
    return vectors;
  }
}
