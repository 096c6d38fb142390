package org.tidelog.log.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredSlice;

/**
 * The stored entries {@code [from, to)} of one log in ascending order, gaps left out. Reads about
 * {@link #READ_BYTES} at a time, so a log of any length takes little memory. Owned by the store's
 * thread.
 */
public final class Entries implements Iterator<Entry> {
  private static final long READ_BYTES = 64 * 1024;

  private final IpnsName log;
  private final LogStore store;
  private final long to;
  private final Deque<Entry> ready = new ArrayDeque<>();
  private long next;

  public Entries(IpnsName log, LogStore store, long from, long to) {
    this.log = log;
    this.store = store;
    this.next = from;
    this.to = to;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && next < to) fill();
    return !ready.isEmpty();
  }

  private void fill() {
    for (StoredSlice stored : store.slices(log, next, to, READ_BYTES)) {
      for (Entry entry : stored.entries(log)) {
        if (entry.seq() >= next && entry.seq() < to) ready.add(entry);
      }
    }
    next = ready.isEmpty() ? to : ready.getLast().seq() + 1;
  }

  @Override
  public Entry next() {
    if (!hasNext()) throw new NoSuchElementException();
    return ready.remove();
  }
}
