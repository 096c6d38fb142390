package org.tidelog.node.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** For {@code --verbose}. */
final class StackTraces {
  private StackTraces() {}

  static String text(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
