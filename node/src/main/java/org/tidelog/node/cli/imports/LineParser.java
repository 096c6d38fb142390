package org.tidelog.node.cli.imports;

/**
 * Reads the lines of one file in their order. It may carry state from line to line, so each pass
 * takes a new one.
 */
interface LineParser {
  /** Reads the line {@code number}, from 1, without its line end. */
  ParsedLine parse(byte[] line, long number) throws MalformedLineException;
}
