package org.tidelog.sim.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells in columns, the first of which are words and the others numbers. */
final class TextTable {
  private final int words;
  private final List<List<String>> lines = new ArrayList<>();

  /** {@code words} columns are aligned to the left, all others to the right. */
  TextTable(int words, List<String> headings) {
    this.words = words;
    lines.add(headings);
  }

  void add(List<String> cells) {
    lines.add(cells);
  }

  void print(Console console) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      console.line(aligned(line, widths));
    }
  }

  private String aligned(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String format = i < words ? "%-" + widths[i] + "s" : "%" + widths[i] + "s";
      line.append(i == 0 ? "" : "  ").append(widths[i] == 0 ? "" : format.formatted(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }
}
