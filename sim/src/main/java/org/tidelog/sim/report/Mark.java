package org.tidelog.sim.report;

import java.util.List;

/** What is drawn for a row of a chart, from {@code left} over {@code width}, around {@code y}. */
sealed interface Mark {
  int HEIGHT = 11;

  void draw(Markup svg, Scale scale, double left, double width, double y);

  /** Nothing: there is no value. */
  record Nothing() implements Mark {
    @Override
    public void draw(Markup svg, Scale scale, double left, double width, double y) {}
  }

  /**
   * A bar with a whisker.
   *
   * @param error half the width of the confidence interval; NaN without one
   */
  record Bar(String style, double value, double error) implements Mark {
    @Override
    public void draw(Markup svg, Scale scale, double left, double width, double y) {
      bar(svg, style, left, left + width * scale.at(value), y);
      if (error > 0) {
        double from = left + width * scale.at(value - error);
        double to = left + width * scale.at(value + error);
        svg.shape(
            "path",
            "class",
            "whisker",
            "d",
            "M%s %sH%sM%s %sv5M%s %sv5"
                .formatted(at(from), at(y), at(to), at(from), at(y - 2.5), at(to), at(y - 2.5)));
      }
    }
  }

  /** From a median, which has a dot, to a high quantile. */
  record Range(String style, double median, double high) implements Mark {
    @Override
    public void draw(Markup svg, Scale scale, double left, double width, double y) {
      double from = left + width * scale.at(median);
      double to = left + width * scale.at(high);
      svg.shape(
          "rect",
          "class",
          style + " tail",
          "x",
          at(from),
          "y",
          at(y - 2),
          "width",
          at(Math.max(0, to - from)),
          "height",
          "4");
      svg.shape("circle", "class", style, "cx", at(from), "cy", at(y), "r", "4.5");
    }
  }

  /** Parts one after the other. */
  record Stack(List<Part> parts) implements Mark {
    /**
     * A part.
     *
     * @param title what is said of it to who points at it
     */
    record Part(String style, double value, String title) {}

    @Override
    public void draw(Markup svg, Scale scale, double left, double width, double y) {
      double sum = 0;
      for (Part part : parts) {
        double from = left + width * scale.at(sum);
        sum += part.value();
        double to = left + width * scale.at(sum);
        if (to - from < 0.05) {
          continue;
        }
        svg.open(
            "rect",
            "class",
            part.style(),
            "x",
            at(from),
            "y",
            at(y - HEIGHT / 2.0),
            "width",
            at(to - from),
            "height",
            String.valueOf(HEIGHT));
        svg.element("title", part.title()).close();
      }
    }
  }

  private static void bar(Markup svg, String style, double from, double to, double y) {
    svg.shape(
        "rect",
        "class",
        style,
        "x",
        at(from),
        "y",
        at(y - HEIGHT / 2.0),
        "width",
        // A hair's breadth, so that what is small is there.
        at(Math.max(1, to - from)),
        "height",
        String.valueOf(HEIGHT),
        "rx",
        "1.5");
  }

  /** A coordinate, in tenths. */
  static String at(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
  }
}
