package org.tidelog.sim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tidelog.sim.results.Comparison;
import org.tidelog.sim.results.ResultTable;
import org.tidelog.sim.results.ResultsException;
import org.tidelog.sim.results.RowKey;
import org.tidelog.sim.run.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog sim compare}. */
@Command(
    name = "compare",
    description = "Show what has changed from one folder of results to another.")
final class CompareCommand implements Action {
  private static final List<String> HEADINGS =
      List.of("scenario", "combination", "strategy", "column", "before", "after", "change");

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A folder that 'run' has written.")
  Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "Another.")
  Path after = Path.of("");

  @Override
  public int run(Console console) throws ResultsException, IOException {
    Comparison comparison = Comparison.of(ResultTable.read(before), ResultTable.read(after));
    if (console.isJson()) {
      comparison.pairs().forEach(pair -> console.object(json -> write(json, pair)));
      comparison.onlyBefore().forEach(key -> console.object(json -> write(json, key, before)));
      comparison.onlyAfter().forEach(key -> console.object(json -> write(json, key, after)));
    } else {
      print(comparison, console);
    }
    return Main.DONE;
  }

  private void print(Comparison comparison, Console console) {
    TextTable table = new TextTable(4, HEADINGS);
    int unchanged = 0;
    for (Comparison.Pair pair : comparison.pairs()) {
      RowKey key = pair.key();
      unchanged += pair.changes().isEmpty() ? 1 : 0;
      for (Comparison.Change change : pair.changes()) {
        table.add(
            List.of(
                key.scenario(),
                key.combination(),
                key.strategy(),
                change.column(),
                text(change.before()),
                text(change.after()),
                share(change.share())));
      }
    }
    if (unchanged < comparison.pairs().size()) {
      table.print(console);
    }
    console.line(unchanged + " of " + comparison.pairs().size() + " rows are unchanged");
    comparison.onlyBefore().forEach(key -> console.line("only in " + before + ": " + key.text()));
    comparison.onlyAfter().forEach(key -> console.line("only in " + after + ": " + key.text()));
  }

  private static void write(JsonGenerator json, Comparison.Pair pair) throws IOException {
    write(json, pair.key());
    json.writeArrayFieldStart("changes");
    for (Comparison.Change change : pair.changes()) {
      json.writeStartObject();
      json.writeStringField("column", change.column());
      number(json, "before", change.before());
      number(json, "after", change.after());
      number(json, "change", change.share());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, RowKey key, Path onlyIn) throws IOException {
    write(json, key);
    json.writeStringField("onlyIn", onlyIn.toString());
  }

  private static void write(JsonGenerator json, RowKey key) throws IOException {
    json.writeStringField("scenario", key.scenario());
    json.writeStringField("combination", key.combination());
    json.writeStringField("strategy", key.strategy());
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeFieldName(name);
      json.writeNumber(Numbers.text(value));
    }
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "-" : Numbers.text(value);
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%+.2f %%", 100 * share);
  }
}
