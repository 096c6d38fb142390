package org.tidelog.sim.report;

import static org.tidelog.sim.report.Mark.at;

import java.util.List;
import java.util.function.Function;

/**
 * Rows of marks over one scale, in groups with headings. Drawn for the width of a phone: a wider
 * page puts several next to each other.
 *
 * @param unit of what the scale shows
 */
record Chart(Scale scale, Unit unit, List<Group> groups) {
  private static final int WIDTH = 344;

  /** Of a character, about, and of the gap between words and marks. */
  private static final double LETTER = 5.9;

  private static final int GAP = 8;
  private static final int PITCH = 17;
  private static final int HEADING = 21;
  private static final int AXIS = 18;

  Chart {
    groups = List.copyOf(groups);
  }

  /**
   * Rows that belong together.
   *
   * @param heading empty for none
   */
  record Group(String heading, List<Line> lines) {}

  /**
   * A row.
   *
   * @param text what stands to the right: its value
   */
  record Line(String label, Mark mark, String text) {}

  /** {@code label} is for those who cannot see it. */
  void draw(Markup page, String label) {
    int height = height();
    page.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + (height + AXIS),
        "role",
        "img",
        "aria-label",
        label);
    ticks(page, height);
    int y = 0;
    for (Group group : groups) {
      if (!group.heading().isEmpty()) {
        page.element("text", group.heading(), "class", "group", "x", "0", "y", at(y + 14));
        y += HEADING;
      }
      for (Line line : group.lines()) {
        line(page, line, y + PITCH / 2.0);
        y += PITCH;
      }
    }
    page.close();
  }

  private double left() {
    return GAP + LETTER * longest(Line::label);
  }

  private double plot() {
    return WIDTH - left() - GAP - LETTER * longest(Line::text);
  }

  private int longest(Function<Line, String> words) {
    return groups.stream()
        .flatMap(group -> group.lines().stream())
        .mapToInt(line -> words.apply(line).length())
        .max()
        .orElse(0);
  }

  private int height() {
    int height = 0;
    for (Group group : groups) {
      height += (group.heading().isEmpty() ? 0 : HEADING) + group.lines().size() * PITCH;
    }
    return height;
  }

  private void ticks(Markup page, int height) {
    for (double tick : scale.ticks(unit)) {
      String x = at(left() + plot() * scale.at(tick));
      page.shape("path", "class", "grid", "d", "M" + x + " 0V" + height);
      page.element(
          "text", unit.text(tick), "class", "tick", "x", x, "y", String.valueOf(height + 13));
    }
  }

  private void line(Markup page, Line line, double y) {
    String baseline = at(y + 4);
    page.element("text", line.label(), "class", "name", "x", at(left() - GAP), "y", baseline);
    line.mark().draw(page, scale, left(), plot(), y);
    page.element("text", line.text(), "class", "value", "x", String.valueOf(WIDTH), "y", baseline);
  }
}
