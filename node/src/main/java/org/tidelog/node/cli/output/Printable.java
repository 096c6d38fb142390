package org.tidelog.node.cli.output;

/**
 * Makes text that others wrote safe for a terminal: what would move the cursor or reorder the line
 * is shown instead.
 */
public final class Printable {
  /** The pictures of the control characters begin here in Unicode. */
  private static final int CONTROL_PICTURES = 0x2400;

  private Printable() {}

  /** On one line: line breaks and other control characters become visible signs. */
  public static String line(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().map(Printable::visible).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** A character that shows and moves nothing, for one that would not: itself for most. */
  public static int visible(int c) {
    if (c < 0x20) {
      return CONTROL_PICTURES + c;
    }
    return c >= 0x7f && c < 0xa0 || reorders(c) || isLoneSurrogate(c) ? '\uFFFD' : c;
  }

  /** Embeddings, overrides and isolates of bidirectional text, and separators that break lines. */
  private static boolean reorders(int c) {
    return c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
