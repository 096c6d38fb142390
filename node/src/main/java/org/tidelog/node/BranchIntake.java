package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.BranchStore;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.LogChange;

/**
 * Learns from the entries of a log's second branch what is to go: what it deletes above the fork
 * point are its own entries, below the point those of both. It leads to no other log. Runs with the
 * home's lock held.
 */
final class BranchIntake {
  private final Core core;
  private final IpnsName log;
  private final BranchStore store;
  private final long point;
  private final IpnsName key;

  BranchIntake(Core core, IpnsName log, BranchStore store, long point) {
    this.core = core;
    this.log = log;
    this.store = store;
    this.point = point;
    this.key = BranchStore.key(log);
  }

  void take(SeqRanges added) {
    for (SeqRange range : added.within(above())) {
      Entries entries = new Entries(log, store, range.from(), range.to());
      while (entries.hasNext()) learn(entries.next());
    }
    drop();
  }

  private SeqRange above() {
    return new SeqRange(point, Limits.SIZE_MAX);
  }

  private void learn(Entry entry) {
    if (!entry.payload().isPresent()) return;
    if (entry.header().has(Flags.EXPIRING)) {
      core.book.putExpiry(key, entry.seq(), entry.header().expiryMillis());
    }
    if (entry.kind() != EntryKind.DELETE) return;
    try {
      SeqRanges gone = Deletion.parse(entry.payload().get());
      SeqRanges ours = SeqRanges.of(gone.within(above()));
      core.book.putFacts(key, core.book.facts(key).withDeleted(ours));
      if (point == 0) return;
      SeqRanges common = SeqRanges.of(gone.within(new SeqRange(0, point)));
      if (common.isEmpty()) return;
      core.book.putFacts(log, core.book.facts(log).withDeleted(common));
      LogChange change = new LogChange(log);
      new Payloads(core.store).drop(log, common, change);
      core.book.commit(List.of(change));
    } catch (MalformedException e) {
      return; // It deletes nothing; reading shows it as it is.
    }
  }

  /** Payloads that were taken back are never kept. */
  private void drop() {
    SeqRanges gone = core.book.takeExpired(key, core.nowMillis());
    gone = gone.with(core.book.facts(key).deleted());
    LogChange change = new LogChange(log);
    new Payloads(store).drop(log, SeqRanges.of(gone.within(above())), change);
    List<LogChange> changes = new ArrayList<>();
    if (!change.slices().isEmpty()) changes.addAll(store.translated(change));
    core.book.commit(changes);
  }
}
