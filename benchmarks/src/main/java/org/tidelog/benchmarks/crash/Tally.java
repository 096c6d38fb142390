package org.tidelog.benchmarks.crash;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many kills hit which operation, and where. */
final class Tally {
  private final Map<Operation, int[]> counts = new EnumMap<>(Operation.class);

  /**
   * @param inside whether something had begun and was not acknowledged
   */
  void add(Operation operation, boolean inside) {
    counts.computeIfAbsent(operation, key -> new int[2])[inside ? 0 : 1]++;
  }

  /** In the form of the documents. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append("| operation | kills | before acknowledgment | after |\n|---|--:|--:|--:|\n");
    int inside = 0;
    int after = 0;
    for (Map.Entry<Operation, int[]> row : counts.entrySet()) {
      int[] count = row.getValue();
      inside += count[0];
      after += count[1];
      table.append(row(row.getKey().word(), count[0], count[1]));
    }
    return table.append(row("all", inside, after)).toString();
  }

  private static String row(String what, int inside, int after) {
    return String.format(
        Locale.ROOT, "| %s | %,d | %,d | %,d |%n", what, inside + after, inside, after);
  }
}
