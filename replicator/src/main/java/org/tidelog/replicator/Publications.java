package org.tidelog.replicator;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * When logs of this device go into the remote log: once entries have waited for others to come
 * along, or at once where somebody asks; less and less often where it fails.
 */
final class Publications {
  /** How long a name and its blocks take to be stored, as the path declares it. */
  private static final long LATENCY_MILLIS = 1_000;

  private static final long RETRY_MILLIS_MAX = 15 * 60_000;

  private final Desk desk;
  private final Map<IpnsName, Long> due = new TreeMap<>();
  private final Map<IpnsName, Long> sizes = new TreeMap<>();
  private final Set<IpnsName> asked = new TreeSet<>();
  private final Set<IpnsName> underWay = new TreeSet<>();

  Publications(Desk desk) {
    this.desk = desk;
  }

  private Backoff backoff(IpnsName log) {
    return new Backoff(
        desk.values, "publish-again/" + log.text(), LATENCY_MILLIS, RETRY_MILLIS_MAX);
  }

  void onAppended(IpnsName log, long size, long nowMillis) {
    sizes.put(log, size);
    if (desk.policy.mirroring() == Policy.Mirroring.NEVER) return;
    due.putIfAbsent(log, nowMillis + desk.policy.coalesceMillis());
  }

  void onAbandoned(IpnsName log) {
    due.remove(log);
    sizes.remove(log);
    asked.remove(log);
    underWay.remove(log);
  }

  /** Somebody waits for it. */
  void now(IpnsName log, long nowMillis) {
    due.put(log, nowMillis);
    asked.add(log);
  }

  void onWakeUp(long nowMillis) {
    for (Map.Entry<IpnsName, Long> entry : new TreeMap<>(due).entrySet()) {
      IpnsName log = entry.getKey();
      if (!mayStart(log, nowMillis) || startAt(log, entry.getValue(), nowMillis) > nowMillis) {
        continue;
      }
      due.remove(log);
      if (!asked.remove(log) && !isNeeded(log)) continue;
      underWay.add(log);
      desk.ask(new ReplicatorEffect.Publish(log));
    }
  }

  private boolean mayStart(IpnsName log, long nowMillis) {
    if (underWay.contains(log)) return false;
    return asked.contains(log) ? desk.isOnline() : desk.mayBegin(nowMillis);
  }

  private long startAt(IpnsName log, long due, long nowMillis) {
    return asked.contains(log) ? due : Math.max(due, backoff(log).dueAt(nowMillis).orElse(due));
  }

  /** Whether some device of a topic may still lack what is to be published. */
  private boolean isNeeded(IpnsName log) {
    if (desk.policy.mirroring() == Policy.Mirroring.ALWAYS) return true;
    long size = sizes.getOrDefault(log, 0L);
    for (ReplicatedTopic topic : desk.topics.values()) {
      if (!topic.own().containsKey(log)) continue;
      boolean known = !topic.members().isEmpty();
      if (!known || topic.members().stream().anyMatch(p -> desk.ladder.held(p, log) < size)) {
        return true;
      }
    }
    return false;
  }

  void onPublished(IpnsName log, long size, long nowMillis) {
    underWay.remove(log);
    backoff(log).succeeded();
    if (desk.ladder.onMirrored(log, size)) {
      desk.ask(new ReplicatorEffect.Reached(log, Rung.MIRRORED, 1, size));
    }
    if (sizes.getOrDefault(log, 0L) > size) {
      due.putIfAbsent(log, nowMillis);
    } else if (!asked.contains(log)) {
      due.remove(log); // Whoever published it did not wait until then.
    }
  }

  void onFailed(IpnsName log, long nowMillis) {
    underWay.remove(log);
    backoff(log).failed(nowMillis);
    due.putIfAbsent(log, nowMillis);
  }

  OptionalLong nextWakeUp(long nowMillis) {
    long next = Long.MAX_VALUE;
    for (Map.Entry<IpnsName, Long> entry : due.entrySet()) {
      if (!mayStart(entry.getKey(), nowMillis)) continue;
      next = Math.min(next, startAt(entry.getKey(), entry.getValue(), nowMillis));
    }
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }
}
