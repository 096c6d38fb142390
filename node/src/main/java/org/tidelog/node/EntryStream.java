package org.tidelog.node;

import java.util.Iterator;

/** Entries one at a time, in order. Close it when done: it holds the home's store. */
public interface EntryStream extends Iterator<ReadEntry>, AutoCloseable {
  @Override
  void close();
}
