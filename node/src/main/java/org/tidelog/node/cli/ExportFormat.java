package org.tidelog.node.cli;

/** What {@code export} writes. */
enum ExportFormat {
  CAR,
  JSONL,
  TEXT,
  HTML
}
