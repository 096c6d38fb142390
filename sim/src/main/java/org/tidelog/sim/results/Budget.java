package org.tidelog.sim.results;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tidelog.sim.scenario.NearestWord;

/** What results may be; a change that makes something dearer breaks it. */
public record Budget(List<Bound> bounds) {
  public Budget {
    bounds = List.copyOf(bounds);
  }

  /**
   * All rows that do not keep a bound, in the order of the bounds.
   *
   * @throws ResultsException if a bound is about no row, or about no column: it would guard nothing
   */
  public List<Bound.Breach> breaches(ResultTable table) throws ResultsException {
    List<Bound.Breach> breaches = new ArrayList<>();
    for (Bound bound : bounds) {
      List<ResultRow> rows = table.rows().stream().filter(bound::isAbout).toList();
      if (rows.isEmpty()) {
        RowKey key = new RowKey(bound.scenario(), bound.combination(), bound.strategy());
        throw new ResultsException(bound.place() + ": the results have no row of " + key.text());
      }
      for (ResultRow row : rows) {
        checkColumn(bound, row);
        breaches.addAll(bound.breach(row));
      }
    }
    return breaches;
  }

  private static void checkColumn(Bound bound, ResultRow row) throws ResultsException {
    Set<String> columns = new LinkedHashSet<>(row.columns().keySet());
    if (columns.contains(bound.column())) {
      return;
    }
    String near = NearestWord.of(bound.column(), columns);
    throw new ResultsException(
        bound.place()
            + ": there is no column '"
            + bound.column()
            + "'"
            + (near.isEmpty() ? "" : "; is '" + near + "' meant?"));
  }
}
