package org.tidelog.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

/**
 * A durable place in a topic, under a name: delivers each data entry at least once, across
 * restarts, whatever order entries arrive in. What was delivered but not acknowledged is delivered
 * again after the home is opened anew; ids are stable, so an application can tell. One consumer.
 */
public final class Cursor {
  private final Core core;
  private final String label;
  private final String name;
  private final Map<IpnsName, SeqRanges> given = new LinkedHashMap<>();

  Cursor(Core core, String label, String name) {
    this.core = core;
    this.label = label;
    this.name = name;
  }

  /** Entries that are given out together. */
  public final class Batch {
    private final List<ReadEntry> entries;

    private Batch(List<ReadEntry> entries) {
      this.entries = List.copyOf(entries);
    }

    /** In causal order; empty when there is nothing new. */
    public List<ReadEntry> entries() {
      return entries;
    }

    /**
     * These entries are done with: durable when it returns, and never delivered again by this
     * cursor.
     */
    public void acknowledge() {
      Cursor.this.acknowledge(entries);
    }
  }

  /**
   * The next entries that this cursor has not delivered: those of others and of this device.
   *
   * @param max how many at most, 1 or more
   */
  public Batch next(int max) {
    if (max < 1) throw new IllegalArgumentException("max: " + max);
    List<ReadEntry> batch = new ArrayList<>();
    try (EntryStream stream = new Reading(core, label, ReadQuery.all())) {
      while (batch.size() < max && stream.hasNext()) {
        ReadEntry entry = stream.next();
        boolean waits =
            entry.state() == PayloadState.MISSING || entry.state() == PayloadState.SEALED;
        if (!waits && !isDelivered(entry)) batch.add(entry);
      }
    }
    for (ReadEntry entry : batch) {
      given.merge(entry.name(), SeqRanges.none().with(range(entry)), SeqRanges::with);
    }
    return new Batch(batch);
  }

  private boolean isDelivered(ReadEntry entry) {
    if (given.getOrDefault(entry.name(), SeqRanges.none()).contains(entry.seq())) return true;
    SeqRanges acknowledged = core.locked(() -> core.book.delivered(label, name, entry.name()));
    return acknowledged.contains(entry.seq());
  }

  private static SeqRange range(ReadEntry entry) {
    return new SeqRange(entry.seq(), entry.seq() + 1);
  }

  private void acknowledge(List<ReadEntry> entries) {
    core.locked(
        () -> {
          Map<IpnsName, SeqRanges> delivered = new LinkedHashMap<>();
          for (ReadEntry entry : entries) {
            SeqRanges before =
                delivered.computeIfAbsent(
                    entry.name(), log -> core.book.delivered(label, name, log));
            delivered.put(entry.name(), before.with(range(entry)));
          }
          delivered.forEach((log, ranges) -> core.book.putDelivered(label, name, log, ranges));
          core.book.commit();
        });
  }
}
