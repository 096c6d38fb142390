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
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.read.AliasTable;
import org.tidelog.log.read.Entries;
import org.tidelog.log.read.LogEntry;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.replicator.conversation.SeenFrontier;

/**
 * Learns from entries that have just been verified and stored: who writes the log, what it deletes,
 * which other logs it leads to, what this device has now seen. Runs with the home's lock held.
 */
final class Intake {
  /** Entries, and ranges of deleted ones, that are learned from before that is made durable. */
  private static final int STEP_ENTRIES = 8192;

  private static final int STEP_RANGES = 1 << 16;
  private static final int PROBLEMS_MAX = 100;

  private final Core core;
  private final String label;
  private final IpnsName log;
  private final boolean isConversation;
  private final Hints hints = new Hints();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<IpnsName, SeqRanges> held = new HashMap<>();
  private final List<SeqRange> gone = new ArrayList<>();
  private final Dropping dropping;
  private long payloadBytes;
  private boolean tooMuchTold;

  Intake(Core core, String label, IpnsName log) {
    this.core = core;
    this.label = label;
    this.log = log;
    this.dropping = new Dropping(core, new LinkedBlocks(core));
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

  /** The first of many are enough to act on. */
  private void tell(Problem problem) {
    if (problems.size() < PROBLEMS_MAX) problems.add(problem);
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
    SeqRanges before = core.book.learned(label, log, !withKey);
    ArrivalJournal arrivals = new ArrivalJournal(core.book, label);
    AliasTable aliases = new LogAliases(core).table(label, log, here);
    for (SeqRange held : here.ranges()) {
      for (SeqRange range : learned.gapsWithin(held)) {
        long from = range.from();
        Entries entries = new Entries(log, core.store, from, range.to());
        while (entries.hasNext()) {
          Entry entry = entries.next();
          if (added.contains(entry.seq())) {
            payloadBytes += entry.payload().map(bytes -> bytes.length).orElse(0);
          }
          learn(entry, aliases);
          boolean pause = entry.seq() - from >= STEP_ENTRIES || gone.size() >= STEP_RANGES;
          if (!pause && entries.hasNext()) continue;
          SeqRange step = new SeqRange(from, entry.seq() + 1);
          // With the key, entries that came before are learned from once more.
          before.gapsWithin(step).forEach(came -> arrivals.note(log, came));
          learned = learned.with(step);
          from = step.to();
          remember(withKey, learned);
        }
      }
    }
    if (isConversation && !isIndex()) seen(here);
    drop();
  }

  /** Makes durable what was learned so far: however much there is, it takes little memory. */
  private void remember(boolean withKey, SeqRanges learned) {
    SeqRanges named = SeqRanges.of(gone);
    gone.clear();
    LogFacts facts = core.book.facts(log);
    if (!facts.canRemember(named)) tellOfTooMuch();
    core.book.putFacts(log, facts.withDeleted(named));
    dropping.mark(log, named);
    core.book.putLearned(label, log, withKey, learned);
    core.book.commit();
    boolean many = core.book.payloads.dropping(log).ranges().size() > STEP_RANGES;
    if (many) dropping.run(label, log, Optional.empty());
  }

  /** What is here goes all the same; what comes later of it stays. */
  private void tellOfTooMuch() {
    if (tooMuchTold) return;
    tooMuchTold = true;
    String what = "it deletes more than " + Limits.DELETED_RANGES_MAX + " runs of entries";
    tell(new Problem(ErrorKind.BAD_ENTRY, what, log.text()));
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
      tell(check.problem().get());
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

  private void learn(Entry entry, AliasTable aliases) {
    switch (entry.kind()) {
      case ALIAS -> alias(entry);
      case CONTINUE -> continuation(entry);
      case DELETE -> deletion(entry);
      case CLOSE -> core.book.putFacts(log, core.book.facts(log).withClosed());
      case DATA -> data(entry, aliases);
      default -> {}
    }
    if (entry.kind().isControl() || !entry.payload().isPresent()) return;
    if (entry.header().has(Flags.EXPIRING)) {
      core.book.payloads.putExpiry(log, entry.seq(), entry.header().expiryMillis());
    }
    if (entry.header().has(Flags.LINKED)) core.book.putLinked(log, entry.seq());
    if (core.book.facts(log).deleted().contains(entry.seq())) {
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
      tell(new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void continuation(Entry entry) {
    try {
      new Continuations(core).take(log, entry, core.keys(label, log)).ifPresent(hints::named);
    } catch (MalformedException e) {
      tell(new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void deletion(Entry entry) {
    if (!entry.payload().isPresent()) return;
    try {
      gone.addAll(Deletion.parse(entry.payload().get(), entry.seq()).ranges());
    } catch (MalformedException e) {
      tell(new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + entry.seq()));
    }
  }

  private void data(Entry entry, AliasTable aliases) {
    if (isIndex()) {
      for (TopicIndex.Line line : TopicIndex.read(core.keys(label, log).open(entry))) {
        hints.listed(line.log(), line.record());
        line.proof().ifPresent(proof -> hints.proved(line.log(), proof));
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

  /** Payloads that were taken back, or have expired, are not kept. */
  private void drop() {
    dropping.expire(label, log, Optional.empty());
  }
}
