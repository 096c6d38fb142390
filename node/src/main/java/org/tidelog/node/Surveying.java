package org.tidelog.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.StoredLog;

/** Looks over what a home holds. */
final class Surveying {
  private final Core core;

  Surveying(Core core) {
    this.core = core;
  }

  Status run() {
    List<LogStatus> logs = new ArrayList<>();
    for (String label : core.book.topics().keySet()) {
      core.book
          .members(label)
          .forEach(
              (name, membership) -> {
                if (membership.isShown()) logs.add(log(label, name, membership));
              });
    }
    DeviceStatus device =
        new DeviceStatus(
            core.peerId,
            core.home.path(),
            core.store.storeBytes(),
            false,
            core.incarnations.pending(),
            core.incarnations.last(),
            core.clock().isConfirmed(),
            Instant.ofEpochMilli(core.trustedMillis()));
    return new Status(logs, device);
  }

  private LogStatus log(String label, IpnsName name, Membership membership) {
    Optional<StoredLog> stored = core.store.log(name);
    Optional<Head> head = stored.flatMap(StoredLog::head);
    Optional<Head> recorded =
        stored.flatMap(StoredLog::record).map(record -> Records.head(name, record).head());
    Optional<Head> newest =
        recorded.isPresent() && recorded.get().size() >= head.map(Head::size).orElse(0L)
            ? recorded
            : head;
    long size = newest.map(Head::size).orElse(0L);
    SeqRanges held = stored.map(StoredLog::held).orElse(SeqRanges.none());
    LogFacts facts = core.book.facts(name);
    return new LogStatus(
        label,
        name,
        membership == Membership.OWN,
        size,
        membership == Membership.OWN ? recorded.map(Head::size).orElse(0L) : size,
        held.missingBelow(size).ranges(),
        newest.map(h -> Instant.ofEpochMilli(h.timeMillis())),
        facts.sources(),
        facts.closed(),
        facts.author(),
        new Continuations(core).continued(name),
        core.forks.proof(name).isPresent(),
        core.forks.point(name),
        state(newest, stored.flatMap(StoredLog::record)));
  }

  private HeadState state(Optional<Head> newest, Optional<byte[]> record) {
    if (newest.isPresent() && core.clock().isFuture(newest.get().timeMillis()))
      return HeadState.FUTURE;
    Instant now = Instant.ofEpochMilli(core.clock().latestMillis());
    boolean expired = record.isPresent() && Records.parse(record.get()).expired(now);
    return expired ? HeadState.STALE : HeadState.CURRENT;
  }
}
