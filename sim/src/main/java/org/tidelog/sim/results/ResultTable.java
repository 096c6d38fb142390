package org.tidelog.sim.results;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rows of a folder of results.
 *
 * @param version of the program that made them
 * @param descriptions of the scenarios, by name
 */
public record ResultTable(String version, Map<String, String> descriptions, List<ResultRow> rows) {
  public ResultTable {
    descriptions = Collections.unmodifiableMap(new LinkedHashMap<>(descriptions));
    rows = List.copyOf(rows);
  }

  /** Reads {@code results.json} of a folder. */
  public static ResultTable read(Path folder) throws IOException, ResultsException {
    Path file = folder.resolve("results.json");
    if (!Files.isRegularFile(file)) {
      throw new ResultsException(folder + ": no results.json is in it");
    }
    try (Reader text = Files.newBufferedReader(file)) {
      return new ResultReader(file.toString()).read(text);
    }
  }

  /** Rows by what they are about; of rows about the same the first. */
  public Map<RowKey, ResultRow> byKey() {
    Map<RowKey, ResultRow> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.putIfAbsent(row.key(), row));
    return byKey;
  }
}
