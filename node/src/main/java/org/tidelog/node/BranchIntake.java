package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/**
 * Learns from the entries of a log's second branch what is to go: what it deletes above the fork
 * point are its own entries, below the point those of both. It leads to no other log. Runs with the
 * home's lock held.
 */
final class BranchIntake {
  /** Ranges of deleted entries that are learned of before that is made durable. */
  private static final int STEP_RANGES = 1 << 16;

  private final Core core;
  private final String label;
  private final IpnsName log;
  private final BranchStore store;
  private final long point;
  private final IpnsName key;
  private final Dropping dropping;
  private final List<SeqRange> gone = new ArrayList<>();

  BranchIntake(Core core, String label, IpnsName log, BranchStore store, long point) {
    this.core = core;
    this.label = label;
    this.log = log;
    this.store = store;
    this.point = point;
    this.key = BranchStore.key(log);
    this.dropping = new Dropping(core, new LinkedBlocks(core));
  }

  void take(SeqRanges added) {
    for (SeqRange range : added.within(above())) {
      Entries entries = new Entries(log, store, range.from(), range.to());
      while (entries.hasNext()) {
        learn(entries.next());
        if (gone.size() >= STEP_RANGES) drop();
      }
    }
    drop();
  }

  private SeqRange above() {
    return new SeqRange(point, Limits.SIZE_MAX);
  }

  private void learn(Entry entry) {
    if (!entry.payload().isPresent()) return;
    if (entry.header().has(Flags.EXPIRING)) {
      core.book.payloads.putExpiry(key, entry.seq(), entry.header().expiryMillis());
    }
    if (entry.kind() != EntryKind.DELETE) return;
    try {
      gone.addAll(Deletion.parse(entry.payload().get(), entry.seq()).ranges());
    } catch (MalformedException e) {
      return; // It deletes nothing; reading shows it as it is.
    }
  }

  /** Payloads that were taken back are never kept. */
  private void drop() {
    SeqRanges named = SeqRanges.of(gone);
    gone.clear();
    mark(key, SeqRanges.of(named.within(above())));
    if (point > 0) mark(log, SeqRanges.of(named.within(new SeqRange(0, point))));
    dropping.expireBranch(log, store);
    dropping.run(label, log, Optional.empty());
  }

  private void mark(IpnsName of, SeqRanges ranges) {
    core.book.putFacts(of, core.book.facts(of).withDeleted(ranges));
    dropping.mark(of, ranges);
  }
}
