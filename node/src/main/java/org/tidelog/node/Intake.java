package org.tidelog.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.control.Deletion;
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
  private final Map<IpnsName, Optional<byte[]>> hints = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<IpnsName, SeqRanges> held = new HashMap<>();
  private SeqRanges gone = SeqRanges.none();
  private long payloadBytes;

  Intake(Core core, String label, IpnsName log) {
    this.core = core;
    this.label = label;
    this.log = log;
    this.isConversation = core.topic(label).own().isPresent();
  }

  /** Logs that this one leads to, with their records where it carries them. */
  Map<IpnsName, Optional<byte[]>> hints() {
    return hints;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Bytes of the new entries' payloads, as stored. */
  long payloadBytes() {
    return payloadBytes;
  }

  void take(SeqRanges added) {
    SeqRanges here = held(log);
    if (added.contains(0)) genesis();
    AliasTable aliases = new LogAliases(core).table(label, log, here);
    for (SeqRange range : added.ranges()) {
      Entries entries = new Entries(log, core.store, range.from(), range.to());
      while (entries.hasNext()) {
        learn(entries.next(), aliases);
      }
    }
    if (isConversation && !isIndex()) seen(here);
    drop();
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

  private void genesis() {
    GenesisCheck check = new GenesisCheck(core, log);
    check.problem().ifPresent(problems::add);
    check
        .genesis()
        .ifPresent(
            genesis -> {
              LogFacts facts = core.book.facts(log);
              core.book.putFacts(log, facts.withGenesis(genesis.topic(), genesis.open()));
              core.forgetKeys(log);
            });
    check
        .statement()
        .ifPresent(
            statement -> {
              LogFacts facts = core.book.facts(log);
              core.book.putFacts(
                  log, facts.withAuthor(statement.displayName(), statement.purpose()));
            });
  }

  private void learn(Entry entry, AliasTable aliases) {
    payloadBytes += entry.payload().map(bytes -> bytes.length).orElse(0);
    switch (entry.kind()) {
      case ALIAS -> alias(entry);
      case DELETE -> deletion(entry);
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
    if (core.book.facts(log).deleted().contains(entry.seq())) gone(entry.seq());
  }

  private void gone(long seq) {
    gone = gone.with(new SeqRange(seq, seq + 1));
  }

  private void alias(Entry entry) {
    Optional<byte[]> payload = core.keys(label, log).open(entry);
    if (!payload.isPresent()) return;
    try {
      for (IpnsName name : Aliases.parse(payload.get())) {
        hints.putIfAbsent(name, Optional.empty());
      }
    } catch (MalformedException e) {
      problems.add(
          new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void deletion(Entry entry) {
    if (!entry.payload().isPresent()) return;
    try {
      SeqRanges ranges = Deletion.parse(entry.payload().get());
      core.book.putFacts(log, core.book.facts(log).withDeleted(ranges));
      gone = gone.with(ranges);
    } catch (MalformedException e) {
      problems.add(
          new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void data(Entry entry, AliasTable aliases) {
    if (isIndex()) {
      TopicIndex.read(core.keys(label, log).open(entry), hints);
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
  private void drop() {
    SeqRanges expired = core.book.takeExpired(log, core.nowMillis());
    SeqRanges all = gone.with(expired);
    if (all.isEmpty()) {
      core.book.commit();
      return;
    }
    LogChange change = new LogChange(log);
    new Payloads(core.store).drop(log, all, change);
    core.book.commit(List.of(change));
  }
}
