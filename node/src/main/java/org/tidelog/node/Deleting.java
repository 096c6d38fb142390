package org.tidelog.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.StoredSlice;

/**
 * Takes payloads of this device's logs back. The entries stay, and with them the chain; control
 * entries tell everybody.
 */
final class Deleting {
  private static final long READ_BYTES = 4 * 1024 * 1024;

  private final Core core;
  private final Publishing publishing;

  Deleting(Core core, Publishing publishing) {
    this.core = core;
    this.publishing = publishing;
  }

  DeleteReport delete(String label, SeqRanges gone) {
    return core.locked(
        () -> {
          OwnLog log = core.ownLog(label);
          check(log, gone);
          IpnsName name = log.name();
          Payloads.Dropped dropped = delete(core, publishing, log, gone);
          publishing.onAppended(log);
          return new DeleteReport(
              label, name, dropped.entries(), dropped.bytes(), dropped.unsalted());
        });
  }

  /** Appends what tells of the deletion, and then drops the payloads. */
  static Payloads.Dropped delete(Core core, Publishing publishing, OwnLog log, SeqRanges gone) {
    LogFacts facts = core.book.facts(log.name());
    if (!facts.canRemember(gone)) {
      throw new TidelogException(
          ErrorKind.USAGE,
          "cannot delete: a log remembers "
              + Limits.DELETED_RANGES_MAX
              + " runs of deleted entries at most");
    }
    LocalLog.Group group = log.log().prepare(entries(gone, core.now()), core.headMillis(log.log()));
    core.book.putFacts(log.name(), facts.withDeleted(gone));
    return publishing.drop(log, gone, group);
  }

  /** As many delete entries as their bounds ask for. */
  private static List<NewEntry> entries(SeqRanges gone, Instant now) {
    List<NewEntry> entries = new ArrayList<>();
    List<SeqRange> ranges = gone.ranges();
    for (int at = 0; at < ranges.size(); at += Deletion.RANGES_MAX) {
      int end = Math.min(ranges.size(), at + Deletion.RANGES_MAX);
      entries.add(OwnLog.deletion(SeqRanges.of(ranges.subList(at, end)), now));
    }
    return entries;
  }

  /**
   * Only data entries of this log can be taken back; nothing happens where one of several cannot.
   */
  private void check(OwnLog log, SeqRanges gone) {
    if (gone.isEmpty())
      throw new TidelogException(ErrorKind.USAGE, "cannot delete: no position given");
    Optional<SeqRange> beyond = gone.runFrom(log.log().size());
    if (beyond.isPresent()) {
      throw new TidelogException(
          ErrorKind.NOT_FOUND,
          "cannot delete "
              + beyond.get().from()
              + ": this device's log has "
              + log.log().size()
              + " entries",
          "tidelog read shows their positions");
    }
    Optional<SeqRange> run = gone.runFrom(0);
    while (run.isPresent()) {
      long at = run.get().to();
      for (StoredSlice stored : core.store.slices(log.name(), run.get().from(), at, READ_BYTES)) {
        SeqRanges controls = stored.slice().controls().common(gone);
        if (!controls.isEmpty()) throw control(log, controls.ranges().get(0).from());
        at = stored.outline().end();
      }
      run = gone.runFrom(at);
    }
  }

  private TidelogException control(OwnLog log, long control) {
    Entry entry = new Entries(log.name(), core.store, control, control + 1).next();
    return new TidelogException(
        ErrorKind.USAGE,
        "cannot delete " + control + ": it is a control entry (" + entry.kind().word() + ")");
  }
}
