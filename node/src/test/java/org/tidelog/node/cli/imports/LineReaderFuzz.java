package org.tidelog.node.cli.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever bytes come, in whatever pieces: the same lines. */
public final class LineReaderFuzz {
  private LineReaderFuzz() {}

  private static final int LINE_BYTES_MAX = 64;

  /** Gives one byte at a time. */
  private static final class Single extends ByteArrayInputStream {
    Single(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, 1));
    }
  }

  private static List<byte[]> lines(InputStream in) {
    LineReader reader = new LineReader(in, LINE_BYTES_MAX);
    List<byte[]> lines = new ArrayList<>();
    try {
      while (true) {
        try {
          byte[] line = reader.next();
          if (line == null) return lines;
          lines.add(line);
        } catch (MalformedLineException e) {
          reader.skip();
          lines.add(new byte[] {'?'});
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    List<byte[]> whole = lines(new ByteArrayInputStream(bytes));
    List<byte[]> pieces = lines(new Single(bytes));
    if (whole.size() != pieces.size()) throw new AssertionError("another number of lines");
    for (int i = 0; i < whole.size(); i++) {
      if (!Arrays.equals(whole.get(i), pieces.get(i))) throw new AssertionError("another line");
    }
  }
}
