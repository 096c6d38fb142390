package org.tidelog.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.follow.Unwanted;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.node.car.CarFile;

/**
 * Brings what is missing of a topic: indexes first, because they lead to the others; then each log,
 * newest entries first; then the logs that those lead to. Runs with the home's lock held.
 */
final class Fetching {
  /** What a change of one entry makes anew of an index of ten million entries, and more. */
  private static final int NODES_MAX = 64;

  private final Core core;
  private final Layers layers;
  private final LinkedBlocks linked;
  private final Progress progress;
  private final Hints hinted = new Hints();
  private final ListedLogs listed;
  private CarFile.@Nullable Index at;
  private long budget;

  Fetching(Core core, LinkedBlocks linked, FetchOptions options, Progress progress) {
    this(core, core.layers, linked, options, progress);
  }

  /** From other layers than the home's mirror. */
  Fetching(Core core, Layers layers, LinkedBlocks linked, FetchOptions options, Progress progress) {
    this.core = core;
    this.layers = layers;
    this.linked = linked;
    this.progress = progress;
    this.listed = new ListedLogs(core.book, core.clock().latestMillis());
    this.budget = options.maxBytes().orElse(Long.MAX_VALUE);
  }

  /** All logs of a topic, or one of them. */
  List<FetchReport> fetch(String label, Optional<IpnsName> only) {
    core.forks.askOwn(label, layers);
    core.filling.recount();
    if (only.isPresent()) {
      List<FetchReport> one = new ArrayList<>();
      fetchOne(label, only.get()).ifPresent(one::add);
      return one;
    }
    List<FetchReport> reports = new ArrayList<>();
    Set<IpnsName> done = new LinkedHashSet<>();
    List<IpnsName> todo = members(label);
    while (!todo.isEmpty()) {
      for (IpnsName name : todo) {
        done.add(name);
        fetchOne(label, name).ifPresent(reports::add);
      }
      todo = members(label);
      todo.removeAll(done);
    }
    return reports;
  }

  /** One log as an index tells it, without a record. */
  List<FetchReport> fetchAt(String label, IpnsName name, CarFile.Index index) {
    at = index;
    return fetch(label, Optional.of(name));
  }

  /** The logs of others, those known to be indexes first. */
  private List<IpnsName> members(String label) {
    List<IpnsName> indexes = new ArrayList<>();
    List<IpnsName> others = new ArrayList<>();
    core.book
        .members(label)
        .forEach(
            (name, membership) -> {
              if (membership == Membership.OWN) return;
              (isIndex(name) ? indexes : others).add(name);
            });
    indexes.addAll(others);
    return indexes;
  }

  private Optional<FetchReport> fetchOne(String label, IpnsName name) {
    long began = System.nanoTime();
    Membership membership = core.book.member(label, name).orElse(Membership.FOLLOWED);
    if (core.isOwn(name)) return Optional.empty(); // Only appending may extend a log of one's own.
    List<Problem> refusedProofs = core.forks.ask(name, layers, hinted.proof(name));
    long seenBefore = headMillis(name);
    if (fills()) core.filling.begin(name);
    FollowDriver driver = driver(name);
    if (membership != Membership.FOLLOWED && layers.areRemote()) spareTheName(name, driver);
    FollowOutcome outcome = driver.run(budget);
    budget = Math.max(0, budget - outcome.bytesRead());
    if (outcome.lacksBlocks()) {
      // Perhaps the log was published anew meanwhile, and its old blocks are gone.
      driver = driver(name);
      FollowOutcome again = driver.run(budget);
      budget = Math.max(0, budget - again.bytesRead());
      outcome = again.after(outcome);
    }
    if (!outcome.added().isEmpty()) core.onGrown(name);
    keepPagedHead(name, driver);
    Intake intake = new Intake(core, label, name);
    intake.take(outcome.added());
    if (!driver.sources().isEmpty()) {
      core.book.putFacts(name, core.book.facts(name).withSources(driver.sources()));
    }
    Admission admission = admission(label, name, membership, outcome, intake.isFalse());
    if (admission == Admission.TAKEN) {
      if (isIndex(name)) readIndex(name, outcome);
      takeHints(label, name, intake);
    }
    if (admission == Admission.TAKEN) witness(name, seenBefore);
    core.clock().keep();
    core.book.commit();
    if (admission == Admission.NONE) {
      settle(name, admission);
      return Optional.empty();
    }
    Contest contest = new Contest(core, layers, label, name, progress);
    if (admission == Admission.TAKEN) {
      contest.take(outcome.rivals(), driver.passedOver(), budget);
      budget = Math.max(0, budget - contest.bytesRead());
    }
    core.book.commit();
    List<Problem> problems = problems(outcome, driver, contest);
    problems.addAll(refusedProofs);
    Taken taken = new Taken(outcome, intake, contest, problems);
    FetchReport report = report(label, name, taken, admission, began);
    settle(name, admission);
    return Optional.of(report);
  }

  /** What comes from elsewhere than the mirror is not put into it. */
  private boolean fills() {
    return layers == core.layers;
  }

  private void settle(IpnsName name, Admission admission) {
    // Where nothing comes from afar, the mirror has it already, and nothing else is to be in it.
    if (!fills() || !(layers.areRemote() || core.filling.holdsOf(name))) return;
    if (admission == Admission.TAKEN) {
      core.filling.settle(name, core.store.log(name).flatMap(StoredLog::record), nodes());
    } else {
      core.filling.forget(name);
    }
    core.book.commit();
  }

  private void keepPagedHead(IpnsName name, FollowDriver driver) {
    core.store
        .log(name)
        .flatMap(StoredLog::record)
        .flatMap(record -> driver.pagedHead(Records.head(name, record)))
        .ifPresent(head -> core.book.putPagedHead(name, head));
  }

  /** What one round with a log has come to. */
  private record Taken(
      FollowOutcome outcome, Intake intake, Contest contest, List<Problem> problems) {}

  /** A fork is told once, as well as it is known. */
  private List<Problem> problems(FollowOutcome outcome, FollowDriver driver, Contest contest) {
    List<Problem> problems = new ArrayList<>();
    Optional<Problem> fork = core.forks.problem(outcome.name());
    fork.ifPresent(problems::add);
    for (Finding finding : outcome.findings()) {
      boolean told =
          finding.kind() == Finding.Kind.FORK
              && (fork.isPresent() || !contest.problems().isEmpty());
      boolean elsewhere =
          finding.kind() == Finding.Kind.NO_RECORD && !driver.passedOver().isEmpty();
      if (!told && !elsewhere) problems.add(FollowDriver.problem(finding));
    }
    problems.addAll(contest.problems());
    return problems;
  }

  /** The time of the newest head known of a log, 0 where there is none. */
  private long headMillis(IpnsName name) {
    Optional<StoredLog> stored = core.store.log(name);
    long head = stored.flatMap(StoredLog::head).map(Head::timeMillis).orElse(0L);
    return stored
        .flatMap(StoredLog::record)
        .map(record -> Math.max(head, Records.head(name, record).head().timeMillis()))
        .orElse(head);
  }

  /** A head that was not here before tells what another device's clock says. */
  private void witness(IpnsName name, long seenBefore) {
    if (core.clock().isConfirmed()) return;
    long time = headMillis(name);
    if (time <= seenBefore) return;
    new GenesisCheck(core, name)
        .statement()
        .ifPresent(statement -> core.clock().seen(Hex.encode(statement.deviceKey()), time));
  }

  private boolean isIndex(IpnsName log) {
    return core.book.facts(log).purpose().equals(Optional.of(LogPurpose.INDEX));
  }

  private void readIndex(IpnsName index, FollowOutcome outcome) {
    boolean all = outcome.recordBytes() > 0 && outcome.missing().isEmpty();
    if (all) outcome.head().ifPresent(head -> listed.read(index, head));
  }

  /** Where an index speaks for a log, its word is taken; else the log is asked for by its name. */
  private void spareTheName(IpnsName name, FollowDriver driver) {
    if (!listed.isSpokenFor(name)) {
      listed.asked(name);
      return;
    }
    Optional<byte[]> here = core.store.log(name).flatMap(StoredLog::record);
    Optional<byte[]> record = hinted.record(name).isPresent() ? hinted.record(name) : here;
    record.ifPresent(bytes -> driver.given(List.of(new Follower.Sourced("topic index", bytes))));
  }

  private FollowDriver driver(IpnsName name) {
    Unwanted unwanted = new Unwanted(core.book.facts(name).deleted(), core.trustedMillis());
    return new FollowDriver(
            new Follower(name, core.store, core.verifier, unwanted),
            "fetching " + name.shortText(),
            layers,
            hinted.record(name),
            progress,
            core.clock().latestMillis())
        .without(core.forks.secondRecord(name))
        .filling(fills() ? core.filling::add : (cid, block) -> {})
        .at(at);
  }

  private enum Admission {
    TAKEN,
    /** It is here, and belongs to another topic. */
    FOREIGN,
    /**
     * A hint that led to something, and its first entry, which would say whether it belongs, is
     * missing.
     */
    UNSETTLED,
    /** A hint that led to nothing. */
    NONE
  }

  /**
   * A log belongs to a topic if its genesis says so, in a way that only a member's device could.
   */
  private Admission admission(
      String label, IpnsName name, Membership membership, FollowOutcome outcome, boolean isFalse) {
    TopicRecord topic = core.topic(label);
    boolean gathers = !topic.own().isPresent();
    Optional<Digest> shown = core.book.facts(name).topic();
    if (membership == Membership.HINTED) {
      if (!shown.isPresent()) return hasLed(outcome) ? Admission.UNSETTLED : Admission.NONE;
      boolean verified = core.book.facts(name).purpose().isPresent();
      boolean belongs = gathers || (verified && belongs(topic, name, shown.get()));
      if (!belongs) {
        core.book.removeMember(label, name);
        return Admission.NONE;
      }
      core.book.putMember(label, name, Membership.ADMITTED);
      return Admission.TAKEN;
    }
    if (!outcome.head().isPresent() || gathers) return Admission.TAKEN;
    boolean foreign = isFalse || (shown.isPresent() && !belongs(topic, name, shown.get()));
    if (!foreign) return Admission.TAKEN;
    core.book.removeMember(label, name);
    return Admission.FOREIGN;
  }

  /**
   * What came of a hint only in part, or was refused, has to be told: it may be what somebody wants
   * to read.
   */
  private static boolean hasLed(FollowOutcome outcome) {
    return outcome.head().isPresent()
        || outcome.findings().stream()
            .map(FollowDriver::problem)
            .anyMatch(problem -> problem.kind().exitCode() == ErrorKind.BAD_BLOCK.exitCode());
  }

  private boolean belongs(TopicRecord topic, IpnsName name, Digest shown) {
    boolean open = core.book.facts(name).open();
    Digest id = topic.id().orElseThrow(() -> new AssertionError("a member's topic has an id"));
    if (open != topic.open()) return false;
    return open ? shown.equals(id) : core.topicKey(id).commitment(name, id.bytes()).equals(shown);
  }

  private void takeHints(String label, IpnsName from, Intake intake) {
    Hints hints = intake.hints();
    if (hints.logs().isEmpty()) return;
    Map<IpnsName, Membership> members = core.book.members(label);
    Optional<IpnsName> own = core.topic(label).own();
    Optional<IpnsName> index = core.topic(label).index();
    boolean isIndex = isIndex(from);
    int room = Hints.LOGS_MAX - members.size();
    for (IpnsName name : hints.logs()) {
      boolean ours = own.equals(Optional.of(name)) || index.equals(Optional.of(name));
      if (ours) core.forks.ask(name, layers, hints.proof(name));
      if (ours || name.equals(from)) continue;
      hints.proof(name).ifPresent(proof -> hinted.proved(name, proof));
      if (isIndex && hints.record(name).isPresent()) listed.lists(from, name);
      hints.record(name).ifPresent(record -> hinted.listed(name, record));
      if (members.containsKey(name) || room-- <= 0) continue;
      core.book.putMember(label, name, Membership.HINTED);
    }
  }

  /** A layer that cannot be reached is named once, however much was to be had from it. */
  private static void tellOnce(List<Problem> problems) {
    Set<Problem> told = new LinkedHashSet<>();
    Set<String> away = new LinkedHashSet<>();
    for (Problem problem : problems) {
      boolean again = problem.kind() == ErrorKind.UNREACHABLE && !away.add(problem.where());
      if (!again) told.add(problem);
    }
    problems.clear();
    problems.addAll(told);
  }

  /** Of an index: those that are not nearby are read too, within limits. */
  private Layers.Source nodes() {
    int[] left = {NODES_MAX};
    return (cid, bytesMax) -> {
      if (left[0] == 0 || budget < bytesMax) return layers.localBlock(cid, bytesMax);
      Layers.Block block = layers.block(cid, bytesMax);
      if (!block.distant()) return block;
      left[0]--;
      block.bytes().ifPresent(bytes -> core.filling.add(cid, bytes));
      budget -= block.bytes().map(bytes -> bytes.length).orElse(0);
      return block;
    };
  }

  private Layers.Source source(long seq) {
    return (cid, bytesMax) -> {
      Layers.Block block = layers.block(cid, bytesMax);
      boolean fill = fills() && block.distant();
      if (fill) block.bytes().ifPresent(bytes -> core.filling.addLinked(seq, cid, bytes));
      return block;
    };
  }

  private FetchReport report(
      String label, IpnsName name, Taken taken, Admission admission, long began) {
    FollowOutcome outcome = taken.outcome();
    Intake intake = taken.intake();
    List<Problem> problems = taken.problems();
    problems.addAll(intake.problems());
    if (admission == Admission.FOREIGN && !intake.isFalse()) {
      problems.add(new Problem(ErrorKind.BAD_GENESIS, "it belongs to another topic", name.text()));
    }
    long bytes = outcome.bytesRead() + taken.contest().bytesRead();
    long blocks = outcome.blocksRead() + taken.contest().blocksRead();
    for (long seq : core.book.pendingLinked(name)) {
      LinkedBlocks.Fetched fetched = linked.fetch(source(seq), label, name, seq, budget, progress);
      fetched.problem().ifPresent(problems::add);
      budget = Math.max(0, budget - fetched.bytes());
      bytes += fetched.bytes();
      blocks += fetched.blocks();
    }
    layers.aside().forEach(finding -> problems.add(FollowDriver.problem(finding)));
    tellOnce(problems);
    boolean linkedMissing = !core.book.pendingLinked(name).isEmpty();
    List<SeqRange> missing = outcome.missing().ranges();
    boolean complete =
        outcome.head().isPresent()
            && missing.isEmpty()
            && !linkedMissing
            && taken.contest().complete()
            && problems.stream()
                .noneMatch(p -> p.kind().exitCode() >= 3 && p.kind() != ErrorKind.FORK);
    return new FetchReport(
        label,
        name,
        outcome.head().map(Head::size).orElse(0L),
        outcome.added().count() + taken.contest().added(),
        intake.payloadBytes(),
        bytes,
        blocks,
        outcome.recordBytes(),
        missing,
        complete,
        (System.nanoTime() - began) / 1_000_000,
        problems);
  }
}
