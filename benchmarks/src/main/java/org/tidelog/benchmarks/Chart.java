package org.tidelog.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Lines over two logarithmic axes, as an SVG picture that reads on light and dark pages. */
final class Chart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 70;
  private static final int RIGHT = 110;
  private static final int TOP = 40;
  private static final int BOTTOM = 40;
  private static final String[] COLORS = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f"
  };

  private final String title;
  private final Map<String, List<Point>> lines = new LinkedHashMap<>();

  Chart(String title) {
    this.title = title;
  }

  /** Both above 0. */
  record Point(double x, double y) {}

  Chart line(String name, Stream<Point> points) {
    lines.put(name, points.map(p -> new Point(p.x, Math.max(p.y, 1e-3))).toList());
    return this;
  }

  String svg() {
    Axis x = Axis.over(lines.values().stream().flatMap(List::stream).map(Point::x));
    Axis y = Axis.over(lines.values().stream().flatMap(List::stream).map(Point::y));
    StringBuilder out = new StringBuilder();
    out.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"13\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            WIDTH, HEIGHT));
    out.append(format("<text x=\"%d\" y=\"22\" font-weight=\"bold\">%s</text>\n", LEFT, title));
    for (int power = x.from; power <= x.to; power++) {
      double at = x(x, Math.pow(10, power));
      out.append(rule(at, TOP, at, (double) HEIGHT - BOTTOM));
      out.append(text(at, HEIGHT - BOTTOM + 20.0, "middle", power(power)));
    }
    for (int power = y.from; power <= y.to; power++) {
      double at = y(y, Math.pow(10, power));
      out.append(rule(LEFT, at, (double) WIDTH - RIGHT, at));
      out.append(text(LEFT - 8.0, at + 4, "end", power(power)));
    }
    int color = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      out.append(line(line.getKey(), line.getValue(), COLORS[color++ % COLORS.length], x, y));
    }
    return out.append("</svg>\n").toString();
  }

  private static String line(String name, List<Point> points, String color, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    points.forEach(p -> path.append(format("%.1f,%.1f ", x(x, p.x), y(y, p.y))));
    Point last = points.get(points.size() - 1);
    return format(
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n",
            color, path.toString().trim())
        + format(
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n",
            x(x, last.x) + 6, y(y, last.y) + 4, color, name);
  }

  private static String rule(double x1, double y1, double x2, double y2) {
    return format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
        x1, y1, x2, y2);
  }

  private static String text(double x, double y, String anchor, String words) {
    return format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#444\">%s</text>\n",
        x, y, anchor, words);
  }

  private static String power(int power) {
    return power >= 0 && power < 4
        ? format("%,d", (long) Math.pow(10, power))
        : "10<tspan dy=\"-5\" font-size=\"9\">" + power + "</tspan>";
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** From one power of ten to another. */
  private record Axis(int from, int to) {
    static Axis over(Stream<Double> values) {
      double[] all = values.mapToDouble(Double::doubleValue).sorted().toArray();
      int from = (int) Math.floor(Math.log10(all[0]));
      int to = (int) Math.ceil(Math.log10(all[all.length - 1]));
      return new Axis(from, Math.max(to, from + 1));
    }

    double share(double value) {
      return (Math.log10(value) - from) / (to - from);
    }
  }
}
