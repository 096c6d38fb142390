package org.tidelog.node.cli.imports;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How a file is to be read.
 *
 * @param author take only this person's lines ({@code irc})
 * @param day the day of the first line, in UTC ({@code irc})
 * @param lenient count lines that fit nothing instead of stopping at the first
 */
public record ImportOptions(
    ImportFormat format, Optional<String> author, LocalDate day, boolean lenient) {
  /** The first line's day where nobody says it. */
  public static final LocalDate DAY_DEFAULT = LocalDate.EPOCH;

  /** A whole file, strictly. */
  public static ImportOptions of(ImportFormat format) {
    return new ImportOptions(format, Optional.empty(), DAY_DEFAULT, false);
  }

  LineParser newParser() {
    return switch (format) {
      case IRC -> new IrcParser(author, day);
      case JSONL -> new JsonlParser();
      case LINES -> new LinesParser();
    };
  }
}
