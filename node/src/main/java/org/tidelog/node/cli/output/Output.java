package org.tidelog.node.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for results and standard error for everything else, both UTF-8 whatever the
 * locale.
 *
 * <p>When the reader of standard output goes away, what follows is dropped without a word and
 * {@link #readerGone} says so: a command that only prints may stop then, one that changes something
 * carries on. Any other failure to write is an {@link UncheckedIOException}. Owned by one thread.
 */
public final class Output {
  private static final int BUFFER_BYTES = 64 << 10;

  private final OutputStream out;
  private final OutputStream err;
  private final OutputMode mode;
  private boolean readerGone;
  private boolean barDrawn;

  public Output(OutputStream out, OutputStream err, OutputMode mode) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.err = err;
    this.mode = mode;
  }

  /** True if results are to be JSON. */
  public boolean json() {
    return mode.json();
  }

  /** True if nobody reads standard output any more. */
  public boolean readerGone() {
    return readerGone;
  }

  /** Prints a result as one line of JSON. */
  public void line(Fields fields) {
    line(fields.json());
  }

  /** Prints a line of results. */
  public void line(String text) {
    if (readerGone) {
      return;
    }
    try {
      out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      readerGoneOr(e);
    }
  }

  /** Hands on everything printed so far. */
  public void flush() {
    if (readerGone) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      readerGoneOr(e);
    }
  }

  /** Says something in passing on standard error; not with {@code --quiet} or {@code --json}. */
  public void note(String text) {
    if (!mode.quiet() && !mode.json()) {
      err(text + "\n");
    }
  }

  /** Says on standard error what somebody should know. */
  public void warn(String word, String text) {
    if (mode.json()) {
      err(new Fields().with("warning", word).with("message", text).json() + "\n");
    } else {
      err("tidelog: " + errPaint(Ink.WARNING, "warning") + ": " + Printable.line(text) + "\n");
    }
  }

  /** Says on standard error, once and always, what happened on the way. */
  public void notice(String word, String text) {
    if (mode.json()) {
      warn(word, text);
    } else {
      err("tidelog: " + Printable.line(text) + "\n");
    }
  }

  /** Prints a failure on standard error: one or two lines. */
  public void failure(Failure failure) {
    if (mode.json()) {
      err(failure.fields().json() + "\n");
      return;
    }
    err("tidelog: " + errPaint(Ink.BAD, Printable.line(failure.message())) + "\n");
    failure.hint().ifPresent(hint -> err("  try: " + Printable.line(hint) + "\n"));
  }

  /** Prints text as it is on standard error. */
  public void err(String text) {
    clearBar();
    errRaw(text);
  }

  /** {@code text} in a colour, if standard output shows colours. */
  public String paint(Ink ink, String text) {
    return mode.colour() ? ink.on(text) : text;
  }

  /** A bar for something that takes long; silent where no person would see it. */
  public ProgressBar progressBar() {
    return new ProgressBar(this, mode.progress() && !mode.quiet() && !mode.json());
  }

  /** Draws over the line the last bar was drawn on. */
  void drawBar(String text) {
    flush();
    errRaw("\r\u001b[K" + text);
    barDrawn = true;
  }

  void clearBar() {
    if (barDrawn) {
      errRaw("\r\u001b[K");
      barDrawn = false;
    }
  }

  private String errPaint(Ink ink, String text) {
    return mode.errColour() ? ink.on(text) : text;
  }

  private void errRaw(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // There is no third place to say that nobody reads the second.
    }
  }

  private void readerGoneOr(IOException e) {
    String message = String.valueOf(e.getMessage());
    // The JDK has no type for EPIPE; these are its words on POSIX and Windows, and a closed
    // in-process pipe's.
    if (message.contains("Broken pipe")
        || message.contains("pipe is being closed")
        || message.equals("Pipe closed")) {
      readerGone = true;
      return;
    }
    readerGone = true; // Told once: what is printed from now on would fail the same way.
    throw new UncheckedIOException(new IOException("standard output: " + message, e));
  }
}
