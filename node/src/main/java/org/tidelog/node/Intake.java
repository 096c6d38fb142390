package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.read.AliasTable;
import org.tidelog.log.read.Entries;
import org.tidelog.log.read.LogEntry;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoredLog;

/**
 * Learns from entries that have just been verified and stored: who writes the log, what it deletes,
 * which other logs it leads to, what this device has now seen. Runs with the home's lock held.
 */
final class Intake {
  private final Core core;
  private final String label;
  private final IpnsName log;
  private final boolean isConversation;
  private final Hints hints = new Hints();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<IpnsName, SeqRanges> held = new HashMap<>();
  private long payloadBytes;

  Intake(Core core, String label, IpnsName log) {
    this.core = core;
    this.label = label;
    this.log = log;
    this.isConversation = core.topic(label).own().isPresent();
  }

  /** Logs that this one leads to, with their records where it carries them. */
  Hints hints() {
    return hints;
  }

  /** Whether the log's first entry is not what it claims to be. */
  boolean isFalse() {
    return problems.stream().anyMatch(problem -> problem.kind() == ErrorKind.BAD_GENESIS);
  }

  List<Problem> problems() {
    return problems;
  }

  /** Bytes of the new entries' payloads, as stored. */
  long payloadBytes() {
    return payloadBytes;
  }

  /**
   * Learns from all entries that are here and were not learned from, whenever they came: a fetch
   * may have been cut short, or the key have come later.
   *
   * @param added what came just now
   */
  void take(SeqRanges added) {
    SeqRanges here = held(log);
    if (here.isEmpty()) return; // A hint that leads nowhere costs no write.
    if (here.contains(0) && !core.book.facts(log).purpose().isPresent()) genesis();
    boolean withKey = core.keys(label, log).hasKey();
    SeqRanges learned = core.book.learned(label, log, withKey);
    AliasTable aliases = new LogAliases(core).table(label, log, here);
    List<SeqRange> gone = new ArrayList<>();
    for (SeqRange held : here.ranges()) {
      for (SeqRange range : learned.gapsWithin(held)) {
        Entries entries = new Entries(log, core.store, range.from(), range.to());
        while (entries.hasNext()) {
          Entry entry = entries.next();
          if (added.contains(entry.seq())) {
            payloadBytes += entry.payload().map(bytes -> bytes.length).orElse(0);
          }
          learn(entry, aliases, gone);
        }
      }
    }
    if (isConversation && !isIndex()) seen(here);
    core.book.putLearned(label, log, withKey, here);
    drop(SeqRanges.of(gone));
  }

  private boolean isIndex() {
    return core.book.facts(log).purpose().equals(Optional.of(LogPurpose.INDEX));
  }

  private void seen(SeqRanges here) {
    if (here.isEmpty()) return;
    SeenFrontier frontier = core.book.frontier(label);
    frontier.seen(log, here.end() - 1);
    core.book.putFrontier(label, frontier);
  }

  /**
   * A log whose first entry is false is as one whose first entry is missing: it belongs nowhere.
   */
  private void genesis() {
    GenesisCheck check = new GenesisCheck(core, log);
    if (check.problem().isPresent()) {
      problems.add(check.problem().get());
      return;
    }
    if (!check.genesis().isPresent()) return;
    Genesis genesis = check.genesis().get();
    LogFacts facts = core.book.facts(log).withGenesis(genesis.topic(), genesis.open());
    if (check.statement().isPresent()) {
      GenesisStatement statement = check.statement().get();
      facts = facts.withAuthor(statement.displayName(), statement.purpose());
      new IncarnationBook(core.book).putRecovery(log, statement.recoveryKeyHash());
    }
    core.book.putFacts(log, facts);
    core.forgetKeys(log);
  }

  private void learn(Entry entry, AliasTable aliases, List<SeqRange> gone) {
    switch (entry.kind()) {
      case ALIAS -> alias(entry);
      case CONTINUE -> continuation(entry);
      case DELETE -> deletion(entry, gone);
      case CLOSE -> core.book.putFacts(log, core.book.facts(log).withClosed());
      case DATA -> data(entry, aliases);
      default -> {}
    }
    if (entry.header().has(Flags.EXPIRING) && entry.payload().isPresent()) {
      core.book.putExpiry(log, entry.seq(), entry.header().expiryMillis());
    }
    if (entry.header().has(Flags.LINKED) && entry.payload().isPresent()) {
      core.book.putLinked(log, entry.seq());
    }
    if (entry.payload().isPresent() && core.book.facts(log).deleted().contains(entry.seq())) {
      gone.add(new SeqRange(entry.seq(), entry.seq() + 1));
    }
  }

  private void alias(Entry entry) {
    Optional<byte[]> payload = core.keys(label, log).open(entry);
    if (!payload.isPresent()) return;
    try {
      for (IpnsName name : Aliases.parse(payload.get())) {
        hints.named(name);
      }
    } catch (MalformedException e) {
      problems.add(
          new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void continuation(Entry entry) {
    try {
      new Continuations(core).take(log, entry, core.keys(label, log)).ifPresent(hints::named);
    } catch (MalformedException e) {
      problems.add(
          new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void deletion(Entry entry, List<SeqRange> gone) {
    if (!entry.payload().isPresent()) return;
    try {
      SeqRanges ranges = Deletion.parse(entry.payload().get());
      core.book.putFacts(log, core.book.facts(log).withDeleted(ranges));
      gone.addAll(ranges.ranges());
    } catch (MalformedException e) {
      problems.add(
          new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void data(Entry entry, AliasTable aliases) {
    if (isIndex()) {
      for (TopicIndex.Line line : TopicIndex.read(core.keys(label, log).open(entry))) {
        hints.listed(line.log(), line.record());
      }
      return;
    }
    if (!isConversation || entry.header().parents().isEmpty()) return;
    SeenFrontier frontier = core.book.frontier(label);
    for (LogEntry.Parent parent : aliases.resolve(entry)) {
      frontier.named(parent, isHere(parent));
    }
  }

  private boolean isHere(LogEntry.Parent parent) {
    return held.computeIfAbsent(parent.log(), this::held).contains(parent.seq());
  }

  private SeqRanges held(IpnsName name) {
    return core.store.log(name).map(StoredLog::held).orElse(SeqRanges.none());
  }

  /** Payloads that were taken back are never kept, whatever source they came from. */
  private void drop(SeqRanges gone) {
    SeqRanges expired = core.book.takeExpired(log, core.nowMillis());
    SeqRanges all = gone.with(expired);
    if (all.isEmpty()) {
      core.book.commit();
      return;
    }
    LinkedBlocks linked = new LinkedBlocks(core);
    List<LinkedBlocks.Unlinked> unlinked = linked.unlink(label, log, all);
    LogChange change = new LogChange(log);
    new Payloads(core.store).drop(log, all, change);
    core.book.commit(List.of(change));
    linked.drop(log, unlinked);
  }
}
