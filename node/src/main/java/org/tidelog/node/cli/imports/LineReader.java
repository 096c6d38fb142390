package org.tidelog.node.cli.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines. A line ends with LF, or with the end of the stream when
 * something stands before it; one CR before that end belongs to the line end and is dropped. The
 * bytes are otherwise kept as they are, whatever their encoding.
 *
 * <p>Owned by one thread. {@link #next} blocks; {@link #ready} says whether a whole line is there
 * already.
 */
public final class LineReader {
  /** Far above any chat line; a file without line ends shall not fill the memory. */
  public static final int LINE_BYTES_MAX = 64 << 20;

  private static final int CHUNK_BYTES = 64 << 10;

  private final InputStream in;
  private final int lineBytesMax;
  private byte[] buffer = new byte[CHUNK_BYTES];
  private int start;
  private int scanned;
  private int end;
  private boolean ended;
  private long number;

  public LineReader(InputStream in) {
    this(in, LINE_BYTES_MAX);
  }

  LineReader(InputStream in, int lineBytesMax) {
    this.in = in;
    this.lineBytesMax = lineBytesMax;
  }

  /**
   * The next line, without its end; null at the end of the stream.
   *
   * @throws MalformedLineException if it is too long; {@link #skip} leads past it
   */
  public byte @Nullable [] next() throws IOException, MalformedLineException {
    while (!lineFeedFound() && !ended) {
      fill();
    }
    if (start == end) {
      return null;
    }
    refuseIfTooLong(scanned);
    number++;
    int lineEnd = scanned;
    byte[] line = Arrays.copyOfRange(buffer, start, withoutCarriageReturn(lineEnd));
    start = Math.min(lineEnd + 1, end);
    scanned = start;
    return line;
  }

  /**
   * Passes over the line that {@link #next} refused for its length, in memory that does not grow.
   */
  void skip() throws IOException {
    number++;
    while (!lineFeedFound() && !ended) {
      start = 0;
      scanned = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      ended = end == 0;
    }
    scanned = Math.min(scanned + 1, end);
    start = scanned;
  }

  /** True if {@link #next} will answer without waiting for the stream. */
  public boolean ready() throws IOException, MalformedLineException {
    while (!lineFeedFound() && !ended) {
      if (in.available() <= 0) {
        return false;
      }
      fill();
    }
    return true;
  }

  /** The number of the line that {@link #next} returned last, from 1; 0 before the first. */
  public long number() {
    return number;
  }

  /** Moves {@code scanned} to the next line feed, or to the end of what is buffered. */
  private boolean lineFeedFound() {
    while (scanned < end) {
      if (buffer[scanned] == '\n') {
        return true;
      }
      scanned++;
    }
    return false;
  }

  private int withoutCarriageReturn(int lineEnd) {
    return lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
  }

  private void fill() throws IOException, MalformedLineException {
    refuseIfTooLong(end);
    if (end == buffer.length) {
      makeRoom();
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count < 0) {
      ended = true;
    } else {
      end += count;
    }
  }

  private void refuseIfTooLong(int lineEnd) throws MalformedLineException {
    if (lineEnd - start > lineBytesMax) {
      throw new MalformedLineException(number + 1, "longer than " + lineBytesMax + " bytes");
    }
  }

  private void makeRoom() {
    int length = end - start;
    byte[] target = length > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, start, target, 0, length);
    scanned -= start;
    start = 0;
    end = length;
    buffer = target;
  }
}
