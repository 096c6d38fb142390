package org.tidelog.node.cli.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

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
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
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

  private ParsedLine parse(byte[] line) throws MalformedLineException {
    try {
      return parser.parse(line, lines.number());
    } catch (MalformedLineException e) {
      if (lenient) {
        return new ParsedLine.LeftOut();
      }
      throw e;
    }
  }
}
