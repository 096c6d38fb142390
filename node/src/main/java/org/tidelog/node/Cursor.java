package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.node.backup.BackupWriter;

/**
 * A durable place in a topic, under a name: delivers each data entry at least once, across
 * restarts, whatever order entries arrive in. What was delivered but not acknowledged is delivered
 * again after the home is opened anew; ids are stable, so an application can tell. What an
 * application makes of entries is made exactly once if it is kept in {@link AppValues} that change
 * with the acknowledgement. One consumer.
 */
public final class Cursor {
  /** Of a name, in UTF-8: what a backup can hold. */
  public static final int NAME_BYTES_MAX = BackupWriter.CURSOR_BYTES_MAX;

  private final Core core;
  private final String label;
  private final String name;
  private final DeliveryOrder order;

  /** What was acknowledged, or given out since this cursor was made, of each log. */
  private final Map<IpnsName, SeqRanges> done = new HashMap<>();

  Cursor(Core core, String label, String name, DeliveryOrder order) {
    this.core = core;
    this.label = label;
    this.name = name;
    this.order = order;
  }

  /** Entries that are given out together. */
  public final class Batch {
    private final List<ReadEntry> entries;
    private final Map<IpnsName, SeqRanges> positions;
    private final List<Gap> gaps;
    private final Optional<CaughtUp> caughtUp;

    private Batch(Delivery delivery, List<Gap> gaps, Optional<CaughtUp> caughtUp) {
      this.entries = List.copyOf(delivery.entries());
      this.positions = delivery.positions();
      this.gaps = List.copyOf(gaps);
      this.caughtUp = caughtUp;
    }

    /** In the cursor's order; empty when there is nothing new. */
    public List<ReadEntry> entries() {
      return entries;
    }

    /**
     * What is missing before these entries, in their logs and in those that their authors had seen;
     * where nothing more is to be delivered, all that is missing. By log and position.
     */
    public List<Gap> gaps() {
      return gaps;
    }

    /**
     * As of when and according to whom nothing more is to be delivered behind these; empty if there
     * may be more.
     */
    public Optional<CaughtUp> caughtUp() {
      return caughtUp;
    }

    /**
     * These entries are done with: durable when it returns, and never delivered again by this
     * cursor.
     */
    public void acknowledge() {
      acknowledge(Map.of());
    }

    /**
     * As {@link #acknowledge()}, and changes {@link AppValues} in the same transaction: what was
     * made of these entries is remembered if and only if they are not delivered again.
     *
     * @param values new values by key; empty removes
     */
    public void acknowledge(Map<String, Optional<byte[]>> values) {
      Cursor.this.acknowledge(positions, AppValues.checked(values));
    }
  }

  /**
   * The next entries that this cursor has not delivered: those of others and of this device.
   *
   * @param max how many at most, 1 or more
   */
  public Batch next(int max) {
    if (max < 1) throw new IllegalArgumentException("max: " + max);
    return core.locked(
        () -> {
          Delivery delivery = new Delivery(core, label, this::done, max);
          boolean all =
              order == DeliveryOrder.CAUSAL
                  ? delivery.takeCausal()
                  : delivery.takeArrived(journal());
          Batch batch =
              all ? last(delivery) : new Batch(delivery, delivery.gaps(), Optional.empty());
          batch.positions.forEach((log, ranges) -> done.merge(log, ranges, SeqRanges::with));
          return batch;
        });
  }

  private Batch last(Delivery delivery) {
    List<LogStatus> logs = new Surveying(core).conversation(label);
    return new Batch(delivery, delivery.gaps(logs), Optional.of(new CaughtUp(logs)));
  }

  /** From now on, arrivals are noted for this cursor. */
  private ArrivalJournal journal() {
    ArrivalJournal journal = new ArrivalJournal(core.book, label);
    if (journal.isKeptFor(name)) return journal;
    Map<IpnsName, SeqRanges> here = new LinkedHashMap<>();
    for (IpnsName log : Reading.conversation(core, label)) {
      SeqRanges held = Delivery.held(core, log);
      if (!held.isEmpty()) here.put(log, held);
    }
    journal.keepFor(name, here);
    core.book.commit();
    return journal;
  }

  /** How far it is in each log that people write in the topic. Delivers nothing. */
  public List<CursorStatus> status() {
    return core.locked(
        () -> {
          List<CursorStatus> statuses = new ArrayList<>();
          for (LogStatus log : new Surveying(core).conversation(label)) {
            SeqRanges held = Delivery.held(core, log.name());
            SeqRanges delivered = core.book.delivered(label, name, log.name());
            List<Gap> gaps = Delivery.absent(log.name(), held.missingBelow(log.size()));
            long waiting = ArrivalJournal.without(held, delivered).count();
            statuses.add(new CursorStatus(log, delivered.count(), waiting, gaps));
          }
          return statuses;
        });
  }

  /** Forgets this cursor, durably: one of its name begins anew. */
  public void forget() {
    core.locked(
        () -> {
          core.book.removeCursor(label, name);
          ArrivalJournal journal = new ArrivalJournal(core.book, label);
          journal.forget(name);
          journal.drop(new HashSet<>(Reading.conversation(core, label)));
          core.book.commit();
          done.clear();
        });
  }

  private SeqRanges done(IpnsName log) {
    return done.computeIfAbsent(log, absent -> core.book.delivered(label, name, log));
  }

  private void acknowledge(
      Map<IpnsName, SeqRanges> positions, Map<String, Optional<byte[]>> values) {
    core.locked(
        () -> {
          AppValues.stage(core.book, values);
          positions.forEach(
              (log, ranges) -> {
                SeqRanges before = core.book.delivered(label, name, log);
                core.book.putDelivered(label, name, log, before.with(ranges));
              });
          ArrivalJournal journal = new ArrivalJournal(core.book, label);
          if (journal.isKeptFor(name)) {
            journal.drop(new HashSet<>(Reading.conversation(core, label)));
          }
          core.book.commit();
        });
  }
}
