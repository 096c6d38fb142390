package org.tidelog.node;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.BranchStore;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * Drops payloads that were deleted or have expired from everything this home keeps: slices, the
 * stored record, blocks of large payloads, free space of the store. What is to go is remembered
 * first, in the commit that says so, and then dropped in commits of bounded size: whoever is killed
 * in between goes on when the log is used next. Runs with the home's lock held.
 */
final class Dropping {
  private final Core core;
  private final LinkedBlocks linked;

  Dropping(Core core, LinkedBlocks linked) {
    this.core = core;
    this.linked = linked;
  }

  /** Remembers, with the book's next commit, that these payloads are to go. */
  void mark(IpnsName log, SeqRanges gone) {
    if (gone.isEmpty()) return;
    core.book.payloads.putDropping(log, core.book.payloads.dropping(log).with(gone));
    if (core.isOwn(log)) core.book.putDropped(log, core.book.dropped(log).with(gone));
  }

  /**
   * Drops what has expired of a log, nothing of that while the clock is not to be trusted, and what
   * is marked.
   *
   * @return whether anything has expired
   */
  boolean expire(String label, IpnsName log, Optional<OwnLog> own) {
    boolean any = false;
    SeqRanges expired = core.book.payloads.takeExpired(log, core.trustedMillis());
    while (!expired.isEmpty()) {
      any = true;
      mark(log, expired);
      run(label, log, own);
      expired = core.book.payloads.takeExpired(log, core.trustedMillis());
    }
    run(label, log, own);
    return any;
  }

  /** As {@link #expire}, of a contested log's second branch: what only that has. */
  void expireBranch(IpnsName log, BranchStore branch) {
    IpnsName key = BranchStore.key(log);
    SeqRanges expired = core.book.payloads.takeExpired(key, core.trustedMillis());
    while (!expired.isEmpty()) {
      mark(key, expired);
      runBranch(log, branch);
      expired = core.book.payloads.takeExpired(key, core.trustedMillis());
    }
    runBranch(log, branch);
  }

  /**
   * Drops what is marked of a log, if anything is.
   *
   * @param own the log, where it is this device's
   */
  Payloads.Dropped run(String label, IpnsName log, Optional<OwnLog> own) {
    core.book.commit();
    SeqRanges gone = core.book.payloads.dropping(log);
    if (gone.isEmpty()) return Payloads.Dropped.NOTHING;
    core.filling.drop(log, gone);
    List<LinkedContent> unlinked = linked.unlink(label, log, gone);
    Payloads payloads = new Payloads(core.store);
    Payloads.Dropped dropped = Payloads.Dropped.NOTHING;
    Optional<Long> next = gone.runFrom(core.book.payloads.droppingFrom(log)).map(SeqRange::from);
    while (next.isPresent()) {
      LogChange change = new LogChange(log);
      Payloads.Step step = payloads.step(log, gone, next.get(), change);
      dropped = dropped.and(step.dropped());
      next = step.next();
      next.ifPresent(seq -> core.book.payloads.putDroppingFrom(log, seq));
      if (next.isPresent()) core.book.commit(List.of(change));
      else finish(log, own, gone, change);
    }
    if (!unlinked.isEmpty()) linked.drop(unlinked);
    core.store.scrub();
    return dropped;
  }

  private void runBranch(IpnsName log, BranchStore branch) {
    core.book.commit();
    IpnsName key = BranchStore.key(log);
    SeqRanges gone = core.book.payloads.dropping(key);
    if (gone.isEmpty()) return;
    Payloads payloads = new Payloads(branch);
    Optional<Long> next = gone.runFrom(core.book.payloads.droppingFrom(key)).map(SeqRange::from);
    while (next.isPresent()) {
      LogChange change = new LogChange(log);
      next = payloads.step(log, gone, next.get(), change).next();
      next.ifPresent(seq -> core.book.payloads.putDroppingFrom(key, seq));
      if (!next.isPresent()) {
        if (recordHolding(log, branch, gone).isPresent()) change.forgetRecord();
        core.book.payloads.forgetDropping(key);
      }
      core.book.commit(branch.translated(change));
    }
    core.store.scrub();
  }

  /**
   * Goes on with what was interrupted, and drops what has expired, as long as nobody notices; all
   * of it only where no passphrase has to be asked for.
   */
  void tidy(long endNanos) {
    if (!core.keyring.isFree()) return;
    Set<IpnsName> logs = new LinkedHashSet<>(core.book.payloads.droppingLogs());
    logs.addAll(core.book.payloads.expiringLogs(core.trustedMillis()));
    for (Map.Entry<String, TopicRecord> topic : core.book.topics().entrySet()) {
      String label = topic.getKey();
      Set<IpnsName> names = new LinkedHashSet<>(core.book.members(label).keySet());
      topic.getValue().index().ifPresent(names::add);
      for (IpnsName log : names) {
        if (System.nanoTime() > endNanos) return;
        if (logs.remove(BranchStore.key(log))) {
          core.forks.second(log).ifPresent(branch -> expireBranch(log, branch));
        }
        if (logs.remove(log)) expire(label, log, own(label, topic.getValue(), log));
      }
    }
  }

  private Optional<OwnLog> own(String label, TopicRecord topic, IpnsName log) {
    Optional<IpnsName> name = Optional.of(log);
    if (topic.own().equals(name)) return Optional.of(core.ownLog(label));
    return topic.index().equals(name) ? Optional.of(core.indexLog(label)) : Optional.empty();
  }

  /** The record, where it holds one of the payloads, is the last to be rid of it. */
  private void finish(IpnsName log, Optional<OwnLog> own, SeqRanges gone, LogChange change) {
    Optional<RemoteHead> held = recordHolding(log, core.store, gone);
    if (held.isPresent() && own.isPresent()) {
      RemoteHead without = held.get().withoutPayloads(gone::contains);
      change.record(without.sign(own.get().signer()).bytes());
    } else if (held.isPresent()) {
      change.forgetRecord();
    }
    core.book.payloads.forgetDropping(log);
    core.book.commit(List.of(change));
  }

  private static Optional<RemoteHead> recordHolding(IpnsName log, LogStore store, SeqRanges gone) {
    return store
        .log(log)
        .flatMap(StoredLog::record)
        .map(bytes -> Records.head(log, bytes))
        .filter(head -> head.tail().isPresent() && holds(head.tail().get(), gone));
  }

  private static boolean holds(Slice tail, SeqRanges gone) {
    return !tail.unwanted(gone, 0).isEmpty();
  }
}
