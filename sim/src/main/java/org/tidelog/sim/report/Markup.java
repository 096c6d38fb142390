package org.tidelog.sim.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and SVG. Every text and attribute is escaped: there is no way around it. */
final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** {@code attributes} are names and values in turn. */
  Markup open(String tag, String... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** An element without content, as SVG has it. */
  Markup shape(String tag, String... attributes) {
    start(tag, attributes).append("/>");
    return this;
  }

  Markup text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** Ends the element that was opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** The program's own stylesheet. */
  Markup style(String css) {
    if (css.contains("<")) {
      throw new IllegalArgumentException("css: would end its element");
    }
    out.append("<style>\n").append(css).append("</style>\n");
    return this;
  }

  /** Everything so far. */
  String document() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("open: " + open);
    }
    return "<!doctype html>\n" + out;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private StringBuilder start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(attributes[i + 1])).append('"');
    }
    return out;
  }
}
