package org.tidelog.node.cli.imports;

/**
 * What the first pass over a file found.
 *
 * @param bytes read, line ends included
 * @param entries that the second pass will give
 * @param skipped lines left out: what the format leaves out and, if lenient, what fits nothing
 */
public record ImportTally(long bytes, long entries, long skipped) {}
