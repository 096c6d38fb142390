package org.tidelog.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.spi.StoredLog;

/** Looks over what a home holds. */
final class Surveying {
  /** What is asked for of every log. */
  private static final List<String> AHEAD = List.of("facts/", "fork/", "continues/", "recovery/");

  private final Core core;

  Surveying(Core core) {
    this.core = core;
  }

  Status run() {
    Map<IpnsName, Held> held = held();
    List<LogStatus> logs = new ArrayList<>();
    core.book.readingAhead(
        AHEAD, () -> shown((label, name, member) -> logs.add(log(label, name, member, held))));
    DeviceStatus device =
        new DeviceStatus(
            core.peerId,
            core.home.path(),
            core.store.storeBytes(),
            false,
            core.incarnations.pending(),
            core.incarnations.last(),
            core.clock().isConfirmed(),
            Instant.ofEpochMilli(core.trustedMillis()),
            layers());
    return new Status(logs, device);
  }

  /** What is known of the logs that people write in a topic, by name. */
  List<LogStatus> conversation(String label) {
    List<LogStatus> logs = new ArrayList<>();
    Map<IpnsName, Held> held = new HashMap<>();
    List<IpnsName> names = Reading.conversation(core, label);
    core.store.logs(new HashSet<>(names), (name, log) -> held.put(name, held(name, log)));
    for (IpnsName name : names) {
      Membership member = core.book.member(label, name).orElse(Membership.HINTED);
      logs.add(log(label, name, member, held));
    }
    return logs;
  }

  /** Those on a network, and those that spare it, where they did. */
  private List<LayerStatus> layers() {
    List<LayerStatus> layers = new ArrayList<>();
    if (!core.layers.areRemote()) return layers;
    LayerLedger ledger = core.layers.ledger();
    layers.add(ledger.of(BlockMemory.NAME));
    core.layers.filled().ifPresent(path -> layers.add(ledger.of(path.toString())));
    layers.removeIf(layer -> layer.requests() + layer.failures() == 0);
    for (Layer layer : core.layers.all()) {
      if (layer.remote()) layers.add(ledger.of(layer.name()));
    }
    return layers;
  }

  private interface Visitor {
    void visit(String label, IpnsName name, Membership membership);
  }

  private void shown(Visitor visitor) {
    for (String label : core.book.topics().keySet()) {
      core.book
          .members(label)
          .forEach(
              (name, membership) -> {
                if (membership.isShown()) visitor.visit(label, name, membership);
              });
    }
  }

  /**
   * What the store has of one log.
   *
   * @param newest head
   * @param published entries that its record names
   */
  private record Held(
      Optional<Head> newest, long published, List<SeqRange> missing, HeadState state) {
    static final Held NOTHING = new Held(Optional.empty(), 0, List.of(), HeadState.CURRENT);

    long size() {
      return newest.map(Head::size).orElse(0L);
    }
  }

  /** All that are shown, read together: of very many logs, each by itself would take long. */
  private Map<IpnsName, Held> held() {
    Set<IpnsName> names = new HashSet<>();
    shown((label, name, membership) -> names.add(name));
    Map<IpnsName, Held> held = new HashMap<>();
    core.store.logs(names, (name, log) -> held.put(name, held(name, log)));
    return held;
  }

  private Held held(IpnsName name, StoredLog log) {
    Optional<Head> head = log.head();
    Optional<IpnsRecord> record = log.record().map(Records::parse);
    Optional<Head> recorded = record.map(parsed -> Records.head(name, parsed).head());
    boolean isNewer =
        recorded.isPresent() && recorded.get().size() >= head.map(Head::size).orElse(0L);
    Optional<Head> newest = isNewer ? recorded : head;
    long size = newest.map(Head::size).orElse(0L);
    return new Held(
        newest,
        recorded.map(Head::size).orElse(0L),
        log.held().missingBelow(size).ranges(),
        state(newest, record));
  }

  private LogStatus log(
      String label, IpnsName name, Membership membership, Map<IpnsName, Held> stored) {
    Held held = stored.getOrDefault(name, Held.NOTHING);
    LogFacts facts = core.book.facts(name);
    return new LogStatus(
        label,
        name,
        membership == Membership.OWN,
        held.size(),
        membership == Membership.OWN ? held.published : held.size(),
        held.missing,
        held.newest.map(head -> Instant.ofEpochMilli(head.timeMillis())),
        facts.sources(),
        facts.closed(),
        facts.author(),
        new Continuations(core).continued(name),
        core.forks.proof(name).isPresent(),
        core.forks.point(name),
        held.state);
  }

  private HeadState state(Optional<Head> newest, Optional<IpnsRecord> record) {
    if (newest.isPresent() && core.clock().isFuture(newest.get().timeMillis()))
      return HeadState.FUTURE;
    Instant now = Instant.ofEpochMilli(core.clock().latestMillis());
    boolean expired = record.isPresent() && record.get().expired(now);
    return expired ? HeadState.STALE : HeadState.CURRENT;
  }
}
