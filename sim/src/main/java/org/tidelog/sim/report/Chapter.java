package org.tidelog.sim.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tidelog.sim.results.ResultRow;

/** What the page says of one scenario. */
final class Chapter {
  /** How many colours the stylesheet has for strategies. */
  static final int COLOURS = 8;

  /** Charts that are open from the beginning, and charts at all: who sweeps more reads the CSV. */
  private static final int PANELS_OPEN = 3;

  private static final int PANELS_MAX = 60;

  private final String name;
  private final String description;
  private final List<ResultRow> rows;
  private final Sentences sentences;
  private final Charts charts;
  private final List<Panels.Panel> panels;

  Chapter(String name, String description, List<ResultRow> rows, Map<String, Integer> colours) {
    this.name = name;
    this.description = description;
    this.rows = rows;
    this.sentences = new Sentences(rows);
    this.charts = new Charts(rows, colours);
    this.panels = Panels.of(rows);
  }

  static String anchor(String scenario) {
    return "scenario-" + scenario.replaceAll("[^A-Za-z0-9]", "-");
  }

  void draw(Markup page) {
    page.open("section", "id", anchor(name));
    page.element("h2", name);
    page.element("p", sentences.headline(), "class", "headline");
    page.element("p", description.strip(), "class", "quiet");
    figure(page, Metric.AMPLIFICATION);
    layers(page);
    roles(page);
    latency(page);
    for (Metric metric : Metric.REST) {
      figure(page, metric);
    }
    undelivered(page);
    RowTable.draw(page, rows);
    page.close();
  }

  private void figure(Markup page, Metric metric) {
    if (rows.stream().allMatch(row -> Double.isNaN(row.number(metric.column())))) {
      return;
    }
    begin(page, metric.title(), sentences.metric(metric), metric.meaning());
    // Bars of no length say less than the sentence.
    if (rows.stream().anyMatch(row -> row.number(metric.column()) > 0)) {
      charts(page, metric.title(), panel -> charts.bars(panel, metric));
    }
    page.close();
  }

  private void layers(Markup page) {
    begin(
        page,
        "Bytes by layer",
        sentences.layers(),
        "Shares of all bytes that leave a machine, and to the right how many those are.");
    page.open("p", "class", "key");
    for (Family family : Family.all()) {
      key(page, family.style(), family.words());
    }
    page.close();
    charts(page, "Bytes by layer", charts::layers);
    page.close();
  }

  private void roles(Markup page) {
    begin(
        page,
        "Bytes by role",
        sentences.roles(),
        "A device and day. What one device sends and another receives counts with both. Each chart"
            + " has a scale of its own.");
    page.open("p", "class", "key");
    for (RoleOfBytes role : RoleOfBytes.values()) {
      key(page, role.style(), role.words());
    }
    page.close();
    charts(page, "Bytes by role", charts::roles);
    page.close();
  }

  private void latency(Markup page) {
    begin(
        page,
        "Latency",
        sentences.latency(),
        "From writing to delivery, of what was delivered: the dot is the median, the line goes to"
            + " where 95 of 100 are there.");
    charts(page, "Latency", charts::latency);
    page.close();
  }

  private void undelivered(Markup page) {
    begin(page, "Undelivered", sentences.undelivered(), "");
    if (!sentences.isComplete()) {
      charts(page, "Undelivered", charts::undelivered);
    }
    page.close();
  }

  private static void begin(Markup page, String title, String sentence, String meaning) {
    page.open("section", "class", "figure");
    page.element("h3", title);
    page.element("p", sentence);
    if (!meaning.isEmpty()) {
      page.element("p", meaning, "class", "quiet");
    }
  }

  private static void key(Markup page, String style, String words) {
    page.open("span").open("i", "class", style).close().text(words).close();
  }

  private void charts(Markup page, String title, Function<Panels.Panel, Chart> chart) {
    int open = Math.min(PANELS_OPEN, panels.size());
    int shown = Math.min(PANELS_MAX, panels.size());
    grid(page, title, panels.subList(0, open), chart);
    if (shown > open) {
      page.open("details");
      page.element("summary", (shown - open) + " more of " + panels.size() + " combinations");
      grid(page, title, panels.subList(open, shown), chart);
      page.close();
    }
  }

  private static void grid(
      Markup page, String title, List<Panels.Panel> panels, Function<Panels.Panel, Chart> chart) {
    page.open("div", "class", "charts");
    for (Panels.Panel panel : panels) {
      page.open("figure");
      if (!panel.title().isEmpty()) {
        page.element("figcaption", panel.title());
      }
      chart.apply(panel).draw(page, (title + " " + panel.title()).strip());
      page.close();
    }
    page.close();
  }
}
