package org.tidelog.node.cli.imports;

/** The formats that can be imported. */
public enum ImportFormat {
  /** A transcript of an IRC channel. */
  IRC,
  /** A JSON object a line. */
  JSONL,
  /** An entry a line. */
  LINES
}
