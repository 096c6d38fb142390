package org.tidelog.node.cli.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Whatever JSON is imported: a refusal with the number of its line, or entries; and no refusal when
 * lenient.
 */
public final class JsonlImportFuzz {
  private JsonlImportFuzz() {}

  private static ImportOptions options(boolean lenient) {
    return new ImportOptions(
        ImportFormat.JSONL, Optional.empty(), ImportOptions.DAY_DEFAULT, lenient);
  }

  private static long count(ImportItems items) throws IOException, MalformedLineException {
    long count = 0;
    while (items.read() != null) {
      count++;
    }
    return count;
  }

  private static void lenient(byte[] bytes) {
    try {
      count(new ImportItems(new ByteArrayInputStream(bytes), options(true)));
    } catch (IOException | MalformedLineException e) {
      throw new AssertionError("lenience refused a line", e);
    }
  }

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      long taken = count(new ImportItems(new ByteArrayInputStream(bytes), options(false)));
      long lenient = count(new ImportItems(new ByteArrayInputStream(bytes), options(true)));
      if (taken != lenient) throw new AssertionError("lenience took other lines");
    } catch (MalformedLineException e) {
      lenient(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
