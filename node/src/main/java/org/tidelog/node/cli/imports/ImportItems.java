package org.tidelog.node.cli.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.Draft;

/** One pass over a stream: the entries in it, read as they are asked for. Owned by one thread. */
final class ImportItems implements Iterator<ImportItem> {
  private final LineReader lines;
  private final LineParser parser;
  private final boolean lenient;
  private @Nullable ImportItem ready;
  private long skipped;

  ImportItems(InputStream in, ImportOptions options) {
    this.lines = new LineReader(in);
    this.parser = options.newParser();
    this.lenient = options.lenient();
  }

  /** Fails if the file is no longer what the first pass saw. */
  @Override
  public boolean hasNext() {
    try {
      if (ready == null) {
        ready = read();
      }
      return ready != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedLineException e) {
      throw new UncheckedIOException(new IOException("the file changed while it was imported", e));
    }
  }

  @Override
  public ImportItem next() {
    if (!hasNext() || ready == null) {
      throw new NoSuchElementException();
    }
    ImportItem item = ready;
    ready = null;
    return item;
  }

  /** Lines left out so far. */
  long skipped() {
    return skipped;
  }

  /** The next entry, or null at the end. */
  @Nullable ImportItem read() throws IOException, MalformedLineException {
    for (byte[] line = nextLine(); line != null; line = nextLine()) {
      ParsedLine parsed = parse(line);
      if (parsed instanceof ParsedLine.Entry entry) {
        return entry.item();
      }
      if (parsed instanceof ParsedLine.LeftOut) {
        skipped++;
      }
    }
    return null;
  }

  private byte @Nullable [] nextLine() throws IOException, MalformedLineException {
    while (true) {
      try {
        return lines.next();
      } catch (MalformedLineException e) {
        if (!lenient) {
          throw e;
        }
        lines.skip();
        skipped++;
      }
    }
  }

  private static boolean hasPossibleTime(ImportItem item) {
    return item.time().isEmpty() || Draft.isTime(item.time().get());
  }

  private ParsedLine parse(byte[] line) throws MalformedLineException {
    try {
      ParsedLine parsed = parser.parse(line, lines.number());
      if (parsed instanceof ParsedLine.Entry entry && !hasPossibleTime(entry.item())) {
        throw MalformedLineException.quoting(
            lines.number(), "its time is before 1970 or after 9998", line);
      }
      return parsed;
    } catch (MalformedLineException e) {
      if (lenient) {
        return new ParsedLine.LeftOut();
      }
      throw e;
    }
  }
}
