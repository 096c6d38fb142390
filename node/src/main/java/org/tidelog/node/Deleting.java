package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.read.Entries;

/**
 * Takes payloads of this device's logs back. The entries stay, and with them the chain; a control
 * entry tells everybody.
 */
final class Deleting {
  private final Core core;
  private final Publishing publishing;

  Deleting(Core core, Publishing publishing) {
    this.core = core;
    this.publishing = publishing;
  }

  DeleteReport delete(String label, List<Long> seqs) {
    return core.locked(
        () -> {
          OwnLog log = core.ownLog(label);
          SeqRanges gone = checked(log, seqs);
          LocalLog.Group group =
              log.log().prepare(List.of(OwnLog.deletion(gone, core.now())), core.nowMillis());
          IpnsName name = log.name();
          core.book.putFacts(name, core.book.facts(name).withDeleted(gone));
          Payloads.Dropped dropped = publishing.drop(log, gone, List.of(group.change()));
          log.log().committed(group);
          publishing.onAppended(log);
          return new DeleteReport(
              label, name, dropped.entries(), dropped.bytes(), dropped.unsalted());
        });
  }

  /**
   * Only data entries of this log can be taken back; nothing happens where one of several cannot.
   */
  private SeqRanges checked(OwnLog log, List<Long> seqs) {
    if (seqs.isEmpty())
      throw new TidelogException(ErrorKind.USAGE, "cannot delete: no position given");
    List<SeqRange> ranges = new ArrayList<>();
    for (long seq : seqs) {
      if (seq < 0 || seq >= log.log().size()) {
        throw new TidelogException(
            ErrorKind.NOT_FOUND,
            "cannot delete " + seq + ": this device's log has " + log.log().size() + " entries",
            "tidelog read shows their positions");
      }
      Entry entry = new Entries(log.name(), core.store, seq, seq + 1).next();
      if (entry.kind() != EntryKind.DATA) {
        throw new TidelogException(
            ErrorKind.USAGE,
            "cannot delete " + seq + ": it is a control entry (" + entry.kind().word() + ")");
      }
      ranges.add(new SeqRange(seq, seq + 1));
    }
    return SeqRanges.of(ranges);
  }
}
