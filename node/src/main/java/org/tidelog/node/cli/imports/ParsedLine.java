package org.tidelog.node.cli.imports;

/** What a line that fits its format turned out to be. */
sealed interface ParsedLine {
  /** An entry. */
  record Entry(ImportItem item) implements ParsedLine {}

  /** A line the format knows and leaves out, such as joins and leaves; counted as skipped. */
  record LeftOut() implements ParsedLine {}

  /** A line of somebody whose lines were not asked for; not counted. */
  record Foreign() implements ParsedLine {}
}
