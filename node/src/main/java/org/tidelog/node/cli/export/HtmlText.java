package org.tidelog.node.cli.export;

import org.tidelog.node.cli.output.Printable;

/**
 * Text that others wrote, as text of a page: nothing in it is markup or reorders what is around.
 */
final class HtmlText {
  private HtmlText() {}

  /** On one line, for names and attributes in double quotes. */
  static String line(String text) {
    return escape(Printable.line(text));
  }

  /** With its line breaks and tabs. */
  static String lines(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(c -> c == '\n' || c == '\t' ? c : Printable.visible(c))
        .forEach(shown::appendCodePoint);
    return escape(shown.toString());
  }

  private static String escape(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return html.toString();
  }
}
