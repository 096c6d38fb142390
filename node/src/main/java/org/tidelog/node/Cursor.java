package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.node.backup.BackupWriter;

/**
 * A durable place in a topic, under a name: delivers each data entry at least once, across
 * restarts, whatever order entries arrive in. What was delivered but not acknowledged is delivered
 * again after the home is opened anew; ids are stable, so an application can tell. One consumer.
 */
public final class Cursor {
  /** Of a name, in UTF-8: what a backup can hold. */
  public static final int NAME_BYTES_MAX = BackupWriter.CURSOR_BYTES_MAX;

  private final Core core;
  private final String label;
  private final String name;

  /** What was acknowledged, or given out since this cursor was made, of each log. */
  private final Map<IpnsName, SeqRanges> done = new HashMap<>();

  Cursor(Core core, String label, String name) {
    this.core = core;
    this.label = label;
    this.name = name;
  }

  /** Entries that are given out together. */
  public final class Batch {
    private final List<ReadEntry> entries;
    private final Map<IpnsName, SeqRanges> positions;

    private Batch(List<ReadEntry> entries, Map<IpnsName, SeqRanges> positions) {
      this.entries = List.copyOf(entries);
      this.positions = positions;
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
      Cursor.this.acknowledge(positions);
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
    Map<IpnsName, SeqRanges> positions = new LinkedHashMap<>();
    ReadQuery query = ReadQuery.all().withControls();
    try (Reading stream = new Reading(core, label, query, this::begin)) {
      while (batch.size() < max && stream.hasNext()) {
        ReadEntry entry = stream.next();
        IpnsName from = stream.stream(); // Both branches of a contested log are delivered.
        if (done(from).contains(entry.seq()) || isAwaited(entry)) continue;
        if (entry.isData()) batch.add(entry);
        SeqRanges one = SeqRanges.none().with(new SeqRange(entry.seq(), entry.seq() + 1));
        positions.merge(from, one, SeqRanges::with);
      }
    }
    positions.forEach((log, ranges) -> done.merge(log, ranges, SeqRanges::with));
    return new Batch(batch, positions);
  }

  /** Its payload may still come, or the key to it. */
  private static boolean isAwaited(ReadEntry entry) {
    return entry.isData()
        && (entry.state() == PayloadState.MISSING || entry.state() == PayloadState.SEALED);
  }

  private SeqRanges done(IpnsName log) {
    return done.computeIfAbsent(
        log, absent -> core.locked(() -> core.book.delivered(label, name, log)));
  }

  /** The position in a log before which everything was delivered. */
  private long begin(IpnsName log) {
    List<SeqRange> ranges = done(log).ranges();
    return ranges.isEmpty() || ranges.get(0).from() > 0 ? 0 : ranges.get(0).to();
  }

  private void acknowledge(Map<IpnsName, SeqRanges> positions) {
    core.locked(
        () -> {
          positions.forEach(
              (log, ranges) -> {
                SeqRanges before = core.book.delivered(label, name, log);
                core.book.putDelivered(label, name, log, before.with(ranges));
              });
          core.book.commit();
        });
  }
}
