package org.tidelog.sim.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tidelog.sim.results.ResultRow;

/** All rows, as written; it scrolls in its own box. */
final class RowTable {
  /** More would make the page too large for a phone; the CSV has them. */
  private static final int ROWS_MAX = 2_000;

  private RowTable() {}

  static void draw(Markup page, List<ResultRow> rows) {
    Set<String> columns = columns(rows);
    List<ResultRow> shown = rows.subList(0, Math.min(ROWS_MAX, rows.size()));
    page.open("details", "class", "rows");
    page.element("summary", "All figures: " + rows.size() + " rows");
    page.element(
        "p",
        "Columns that are 0 or empty in all rows are left out"
            + (shown.size() < rows.size() ? ", and so are rows after the first " + ROWS_MAX : "")
            + "; results.csv has everything.",
        "class",
        "quiet");
    page.open("div", "class", "scroll", "tabindex", "0").open("table");
    page.open("thead").open("tr");
    columns.forEach(column -> page.element("th", column, "scope", "col"));
    page.close().close().open("tbody");
    for (ResultRow row : shown) {
      page.open("tr");
      for (String column : columns) {
        boolean isNumber = !Double.isNaN(row.number(column));
        page.element("td", row.text(column), "class", isNumber ? "number" : "word");
      }
      page.close();
    }
    page.close().close().close().close();
  }

  /** The strategy first: it names a row, as all are of one scenario. */
  private static Set<String> columns(List<ResultRow> rows) {
    Set<String> columns = new LinkedHashSet<>(List.of("strategy"));
    for (ResultRow row : rows) {
      row.columns()
          .forEach(
              (column, text) -> {
                if (!text.isEmpty() && !text.equals("0")) {
                  columns.add(column);
                }
              });
    }
    columns.remove("scenario");
    return columns;
  }
}
