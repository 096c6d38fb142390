package org.tidelog.node.cli.imports;

import java.util.Optional;

/** Format {@code lines}: every line is an entry, its bytes as they are. */
final class LinesParser implements LineParser {
  @Override
  public ParsedLine parse(byte[] line, long number) {
    return new ParsedLine.Entry(new ImportItem(line, Optional.empty()));
  }
}
