package org.tidelog.node.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows whose columns stand under each other. Columns of numbers are set to the right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<Cell>> rows = new ArrayList<>();

  /** A piece of text, how it is painted, and on which side of its column it stands. */
  public record Cell(String text, Ink ink, boolean right) {
    public static Cell of(String text) {
      return new Cell(text, Ink.PLAIN, false);
    }

    public static Cell of(String text, Ink ink) {
      return new Cell(text, ink, false);
    }

    public static Cell number(String text) {
      return new Cell(text, Ink.PLAIN, true);
    }

    int width() {
      return text.codePointCount(0, text.length());
    }
  }

  public Table row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The first row, painted as a heading. */
  public Table heading(Cell... cells) {
    List<Cell> heading = new ArrayList<>();
    for (Cell cell : cells) {
      heading.add(new Cell(cell.text(), Ink.DIM, cell.right()));
    }
    rows.add(heading);
    return this;
  }

  public void printTo(Output output) {
    int[] widths = widths();
    for (List<Cell> row : rows) {
      output.line(line(row, widths, output));
    }
  }

  private int[] widths() {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return widths;
  }

  private static String line(List<Cell> row, int[] widths, Output output) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.get(i);
      String padding = " ".repeat(widths[i] - cell.width());
      boolean last = i == row.size() - 1;
      line.append(i == 0 ? "" : GAP).append(cell.right() ? padding : "");
      line.append(output.paint(cell.ink(), cell.text()));
      line.append(cell.right() || last ? "" : padding);
    }
    return line.toString();
  }
}
