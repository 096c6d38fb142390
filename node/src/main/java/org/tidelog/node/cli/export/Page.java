package org.tidelog.node.cli.export;

/** A conversation being written: passages in the order of reading, and gaps where they are. */
public interface Page {
  /** Whether anything follows or not. */
  void begin();

  void add(Passage passage);

  /** {@code count} entries of a writer are not here, or not known to be. */
  void addGap(String author, long count);

  /** After the last. */
  void end();
}
