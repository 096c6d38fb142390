package org.tidelog.sim.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidelog.sim.results.ResultRow;
import org.tidelog.sim.results.ResultTable;

/**
 * Draws a table of results as one page of HTML with everything in it. The same table gives the same
 * bytes: it has no time and no place of its own.
 */
public final class Report {
  private final ResultTable table;

  private Report(ResultTable table) {
    this.table = table;
  }

  /** Writes {@code report.html} into {@code folder}. */
  public static void write(Path folder, ResultTable table) throws IOException {
    Files.writeString(folder.resolve("report.html"), html(table));
  }

  static String html(ResultTable table) {
    return new Report(table).page().document();
  }

  private Markup page() {
    Map<String, List<ResultRow>> scenarios =
        table.rows().stream()
            .collect(
                Collectors.groupingBy(
                    ResultRow::scenario, LinkedHashMap::new, Collectors.toList()));
    Markup page = new Markup();
    page.open("html", "lang", "en");
    head(page, String.join(", ", scenarios.keySet()));
    page.open("body").open("main");
    page.element("h1", "What it costs");
    page.element(
        "p",
        "%s of the simulator, version %s. All bytes count, of every layer, lost ones included."
            .formatted(plural(table.rows().size(), "row"), table.version()),
        "class",
        "quiet");
    if (scenarios.size() > 1) {
      contents(page, scenarios);
    }
    Map<String, Integer> colours = colours();
    scenarios.forEach(
        (name, rows) ->
            new Chapter(name, table.descriptions().getOrDefault(name, ""), rows, colours)
                .draw(page));
    return page.close().close().close();
  }

  private static void head(Markup page, String scenarios) {
    page.open("head");
    page.shape("meta", "charset", "utf-8");
    page.shape("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.shape("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", "What it costs: " + scenarios);
    page.style(stylesheet()).close();
  }

  private static void contents(Markup page, Map<String, List<ResultRow>> scenarios) {
    page.open("ul", "class", "contents");
    scenarios.forEach(
        (name, rows) ->
            page.open("li")
                .element("a", name, "href", "#" + Chapter.anchor(name))
                .text(new Sentences(rows).headline())
                .close());
    page.close();
  }

  /** Each strategy has one colour on all of the page. */
  private Map<String, Integer> colours() {
    Map<String, Integer> colours = new LinkedHashMap<>();
    for (ResultRow row : table.rows()) {
      colours.putIfAbsent(row.strategy(), colours.size() % Chapter.COLOURS);
    }
    return colours;
  }

  private static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String stylesheet() {
    try (InputStream in = Report.class.getResourceAsStream("/org/tidelog/sim/report/report.css")) {
      if (in == null) {
        throw new AssertionError("resource: report.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
