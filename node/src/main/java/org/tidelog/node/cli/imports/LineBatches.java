package org.tidelog.node.cli.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of a stream in groups: whatever is there already, and never waits for more once
 * there is something. So a person typing gets an answer a line, and a pipe that is full gets one
 * for a thousand.
 *
 * <p>Owned by one thread.
 */
public final class LineBatches {
  /** A group is committed, and answered, as one: it shall not take long or fill the memory. */
  static final int LINES_MAX = 1_024;

  static final int BYTES_MAX = 1 << 20;

  private final LineReader lines;
  private @Nullable Exception trouble;

  public LineBatches(LineReader lines) {
    this.lines = lines;
  }

  /** The next group, at least one line; waits for the first. Empty at the end of the stream. */
  public List<byte[]> next() throws IOException, MalformedLineException {
    List<byte[]> batch = new ArrayList<>();
    try {
      throwTrouble();
      collect(batch);
    } catch (IOException | MalformedLineException e) {
      if (batch.isEmpty()) {
        throw e;
      }
      // What was read before the trouble is good, and is taken first.
      trouble = e;
    }
    return batch;
  }

  private void collect(List<byte[]> batch) throws IOException, MalformedLineException {
    long bytes = 0;
    do {
      byte[] line = lines.next();
      if (line == null) {
        return;
      }
      batch.add(line);
      bytes += line.length;
    } while (batch.size() < LINES_MAX && bytes < BYTES_MAX && lines.ready());
  }

  private void throwTrouble() throws IOException, MalformedLineException {
    if (trouble instanceof IOException io) {
      throw io;
    }
    if (trouble instanceof MalformedLineException malformed) {
      throw malformed;
    }
  }
}
