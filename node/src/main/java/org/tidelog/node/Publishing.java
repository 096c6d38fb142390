package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.publish.PublishOutcome;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.replicator.Network;
import org.tidelog.replicator.PeerId;
import org.tidelog.replicator.Policy;
import org.tidelog.replicator.Replicator;
import org.tidelog.replicator.ReplicatorEffect;

/**
 * Mirrors this device's logs, when asked and, where the home is opened so, by itself after a while.
 * Tells receipts when their entries are mirrored. Runs with the home's lock held.
 */
final class Publishing {
  private final Core core;
  private final LinkedBlocks linked;
  private final Dropping dropping;
  private final MirrorAwaiting awaiting;
  private final Map<IpnsName, Publisher> publishers = new HashMap<>();
  private final Map<IpnsName, OwnLog> logs = new HashMap<>();
  private final Map<IpnsName, List<Receipt>> awaited = new HashMap<>();
  private final Replicator replicator;

  /** What the replicator has asked to be published. */
  private final Set<IpnsName> due = new LinkedHashSet<>();

  private Runnable waker = () -> {};

  Publishing(Core core, LinkedBlocks linked) {
    this.core = core;
    this.linked = linked;
    this.dropping = new Dropping(core, linked);
    this.replicator =
        new Replicator(
            PeerId.of(core.peerId.getBytes(StandardCharsets.UTF_8)),
            core.store,
            core.book.values(),
            core.verifier,
            core.entropy,
            policy(core.options));
    replicator.onOnline(Network.FREE, core.nowMillis());
    this.awaiting = new MirrorAwaiting(core, linked, this);
    core.onForgotten(this::forget);
  }

  /** By itself a home publishes where it was opened so, and looks for nothing. */
  private static Policy policy(TidelogOptions options) {
    long window = options.publishAfter().map(Duration::toMillis).orElse(0L);
    return new Policy(
        Policy.Condition.ANY,
        Policy.Mirroring.ALWAYS,
        false,
        Policy.Dialling.WHEN_NEEDED,
        0,
        window,
        0,
        Long.MAX_VALUE);
  }

  /** The device has begun anew: what its old logs waited for, it can do nothing about any more. */
  private void forget() {
    publishers.clear();
    logs.keySet().forEach(replicator::onAbandoned);
    logs.clear();
    due.clear();
    TidelogException anew =
        new TidelogException(
            ErrorKind.OWN_HEAD_AHEAD,
            "cannot publish: this home became a new device, which writes other logs");
    awaited.values().forEach(waiting -> waiting.forEach(receipt -> receipt.onFailure(anew)));
    awaited.clear();
  }

  /** Called whenever the next wake-up may have changed. */
  void onChange(Runnable wake) {
    waker = wake;
  }

  Receipt receipt(String label, OwnLog log, long seq, Digest id) {
    return new Receipt(log.name(), seq, id, receipt -> awaiting.await(label, receipt));
  }

  /** Somebody waits for the receipt's entry; false: it is mirrored already. */
  boolean awaits(Receipt receipt) {
    IpnsName name = receipt.log();
    if (published(name) > receipt.seq() && isEverywhere(name)) return false;
    awaited.computeIfAbsent(name, absent -> new ArrayList<>()).add(receipt);
    return true;
  }

  /** Nobody waits any more. */
  void forget(Receipt receipt) {
    awaited.getOrDefault(receipt.log(), new ArrayList<>()).remove(receipt);
  }

  /** Whether all layers took part in the last publication. */
  private boolean isEverywhere(IpnsName name) {
    return core.book.facts(name).sources().containsAll(core.layers.targets().names());
  }

  private long published(IpnsName name) {
    return core.store
        .log(name)
        .flatMap(StoredLog::record)
        .map(record -> Records.sequence(record))
        .orElse(0L);
  }

  void onAppended(OwnLog log) {
    if (!core.options.publishAfter().isPresent()) return;
    logs.put(log.name(), log);
    Digest topic = Core.memberId(log.label(), core.topic(log.label()));
    replicator.onAppended(topic, head(log), core.nowMillis());
    waker.run();
  }

  /** When the next publication is due, milliseconds since 1970; empty while none is. */
  OptionalLong nextWakeUp() {
    return due.isEmpty()
        ? replicator.nextWakeUp(core.nowMillis())
        : OptionalLong.of(core.nowMillis());
  }

  private void collect() {
    for (ReplicatorEffect effect : replicator.drain()) {
      if (effect instanceof ReplicatorEffect.Publish publish) due.add(publish.log());
    }
  }

  /** Publishes what is due. A log whose mirror fails is tried again, less and less often. */
  void onWakeUp() {
    replicator.onWakeUp(core.nowMillis());
    collect();
    while (!due.isEmpty()) {
      IpnsName name = due.iterator().next();
      due.remove(name);
      publishDue(name);
    }
    core.incarnations.keepSizes();
    core.rememberLayers();
    core.tidy();
  }

  /** Whatever goes wrong with one log is no reason to leave others. */
  private void publishDue(IpnsName name) {
    @Nullable OwnLog log = logs.get(name);
    if (log == null) { // The device has begun anew meanwhile.
      replicator.onAbandoned(name);
      return;
    }
    try {
      publishOrBeginAnew(log);
    } catch (RuntimeException e) {
      core.book.discard();
      RuntimeException failure = core.failure(e);
      awaited.getOrDefault(name, List.of()).forEach(receipt -> receipt.onFailure(failure));
      awaited.remove(name);
    }
  }

  private void publishOrBeginAnew(OwnLog log) {
    try {
      publish(log.label(), log, false, Progress.none());
    } catch (TidelogException e) {
      try {
        beginAnew(log.label(), e);
        OwnLog next = core.ownLog(log.label());
        logs.put(next.name(), next);
        replicator.publish(next.name(), core.nowMillis());
        collect();
      } catch (RuntimeException other) {
        // Of anything else the replicator knows, and nothing of a log of a former life.
        boolean still = e.kind() == ErrorKind.OWN_HEAD_AHEAD && logs.containsKey(log.name());
        if (still) onFailed(log);
        throw other;
      }
    }
  }

  /**
   * Begins anew where a mirror has what this home lacks of one of its own logs, and fetches that:
   * it is what a copy of this device has written. Throws on whatever else went wrong.
   */
  void beginAnew(String label, TidelogException e) {
    if (e.kind() != ErrorKind.OWN_HEAD_AHEAD) throw e;
    core.book.discard();
    Optional<IpnsName> old = core.topic(label).own();
    core.incarnations.renew(RenewalReason.BEHIND);
    new Fetching(core, linked, FetchOptions.defaults(), Progress.none()).fetch(label, old);
  }

  /** It is tried again later: a mirror that is away now comes back. */
  private void onFailed(OwnLog log) {
    core.book.discard();
    if (!core.options.publishAfter().isPresent()) return; // Nobody would try.
    logs.put(log.name(), log);
    replicator.onPublishFailed(log.name(), core.nowMillis());
    core.rememberLayers();
    waker.run();
  }

  /** Where a layer was left out it is not done. */
  private void onPublished(OwnLog log, long size, List<Problem> leftOut, List<Problem> carried) {
    boolean everywhere = leftOut.isEmpty() && carried.stream().noneMatch(Publishing::isAway);
    if (everywhere) {
      replicator.onPublished(log.name(), size, core.nowMillis());
      collect();
    } else if (core.options.publishAfter().isPresent()) {
      logs.put(log.name(), log);
      replicator.onPublishFailed(log.name(), core.nowMillis());
    }
    waker.run();
  }

  private static boolean isAway(Problem problem) {
    return problem.kind() == ErrorKind.UNREACHABLE;
  }

  private Publisher publisher(OwnLog log) {
    return publishers.computeIfAbsent(
        log.name(),
        name ->
            new Publisher(log.log(), log.signer(), core.verifier, core.store, PageLimits.DEFAULT));
  }

  /** Publishes one log as it is now, and tells the replicator how that went. */
  PublishReport.Figures publish(String label, OwnLog log, boolean check, Progress progress) {
    try {
      return mirror(label, log, check, progress);
    } catch (RuntimeException e) {
      boolean ahead = e instanceof TidelogException t && t.kind() == ErrorKind.OWN_HEAD_AHEAD;
      // This log is never tried again if the device begins anew.
      if (!ahead) onFailed(log);
      throw e;
    }
  }

  private PublishReport.Figures mirror(String label, OwnLog log, boolean check, Progress progress) {
    long began = System.nanoTime();
    Publisher publisher = publisher(log);
    dropExpired(log);
    publisher.onDropped(core.book.dropped(log.name()));
    Targets targets = core.layers.targets();
    linked.mirror(label, log.name(), check || !stands(log.name(), targets), targets, progress);
    PublishOutcome outcome =
        new PublishDriver(core, publisher, targets, progress)
            .run(check, core.headMillis(log.log()));
    core.book.putDropped(log.name(), SeqRanges.none());
    core.clock().keep();
    core.book.putFacts(log.name(), core.book.facts(log.name()).withSources(targets.names()));
    List<Problem> carried = core.forks.carry(label);
    onPublished(log, outcome.size(), targets.problems(), carried);
    core.keepLedger();
    core.book.commit();
    List<Problem> problems = new ArrayList<>(targets.problems());
    if (problems.isEmpty()) tellReceipts(log.name(), outcome.size());
    problems.addAll(carried);
    return new PublishReport.Figures(
        outcome.size(),
        outcome.size(),
        outcome.validUntil(),
        outcome.index(),
        outcome.blocksWritten(),
        outcome.blockBytes(),
        outcome.recordBytes(),
        (System.nanoTime() - began) / 1_000_000,
        targets.names(),
        problems);
  }

  /** What has expired does not leave this device any more. */
  void dropExpired(OwnLog log) {
    boolean expired = dropping.expire(log.label(), log.name(), Optional.of(log));
    if (!expired) return;
    // What is published follows from entries and head: what expired since the head needs a new
    // one.
    long now = core.headMillis(log.log());
    if (head(log).timeMillis() < now) log.log().restate(core.store, now);
  }

  private static Head head(OwnLog log) {
    return log.log().head().orElseThrow(() -> new AssertionError("a log begins with its genesis"));
  }

  /** Whether every layer has the record that was last published. */
  private boolean stands(IpnsName name, Targets targets) {
    Optional<byte[]> own = core.store.log(name).flatMap(StoredLog::record);
    return own.isPresent()
        && core.book.facts(name).sources().containsAll(targets.names())
        && targets.records(name).stream()
            .allMatch(
                record ->
                    record.isPresent() && Records.leadToTheSame(name, record.get(), own.get()));
  }

  private void tellReceipts(IpnsName name, long size) {
    List<Receipt> waiting = awaited.getOrDefault(name, new ArrayList<>());
    waiting.removeIf(
        receipt -> {
          boolean mirrored = receipt.seq() < size;
          if (mirrored) receipt.onMirrored();
          return mirrored;
        });
  }

  /**
   * Drops payloads of an own log here and, with the next publication, in the mirror.
   *
   * @param group the entries that say so, signed; they are durable before anything goes
   */
  Payloads.Dropped drop(OwnLog log, SeqRanges gone, LocalLog.Group group) {
    dropping.mark(log.name(), gone);
    core.book.commit(List.of(group.change()));
    log.log().committed(group);
    return dropping.run(log.label(), log.name(), Optional.of(log));
  }

  /** The record under which a log of this device, or one it follows, was last seen. */
  Optional<byte[]> record(IpnsName name) {
    return core.store.log(name).flatMap(StoredLog::record);
  }
}
