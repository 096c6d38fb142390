package org.tidelog.node.cli.imports;

import java.util.Locale;

/** The formats that can be imported. */
public enum ImportFormat {
  /** A transcript of an IRC channel. */
  IRC,
  /** A JSON object a line. */
  JSONL,
  /** An entry a line. */
  LINES;

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }
}
