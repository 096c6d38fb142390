package org.tidelog.node.cli.output;

import java.util.concurrent.TimeUnit;

/**
 * How far something long has come, redrawn on one line of standard error. It shows up only once the
 * work has taken long enough to be noticed, and is gone when closed.
 */
public final class ProgressBar implements AutoCloseable {
  private static final long NOTICED_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int WIDTH = 24;

  private final Output output;
  private final boolean visible;
  private long nextDrawNanos = System.nanoTime() + NOTICED_NANOS;

  ProgressBar(Output output, boolean visible) {
    this.output = output;
    this.visible = visible;
  }

  /** {@code done} of {@code total} are done; a {@code total} below zero is not known. */
  public void at(String what, long done, long total) {
    if (!visible || System.nanoTime() - nextDrawNanos < 0) {
      return;
    }
    nextDrawNanos = System.nanoTime() + REDRAW_NANOS;
    output.drawBar(text(what, done, total));
  }

  @Override
  public void close() {
    output.clearBar();
  }

  static String text(String what, long done, long total) {
    String name = Printable.line(what);
    if (total <= 0) {
      return name + "  " + Words.number(done);
    }
    long shown = Math.max(0, Math.min(done, total));
    double part = (double) shown / total;
    int filled = (int) (part * WIDTH);
    String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    return name
        + "  "
        + bar
        + "  "
        + (int) (part * 100)
        + " %  "
        + Words.number(shown)
        + " of "
        + Words.number(total);
  }
}
