package org.tidelog.replicator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * When logs of others are looked for in the remote log: after coming online, once peers have had
 * their chance, and not where a peer has just brought what there is; then less and less often while
 * nothing is new.
 */
final class Lookups {
  /** How long it takes to ask for a name, as the path declares it. */
  private static final long LATENCY_MILLIS = 60_000;

  /** Who is online all day looks this often where nothing ever comes. */
  private static final long QUIET_MILLIS_MAX = 60 * 60_000;

  /** So often in vain, a log is taken for dead, and coming online is no reason to ask for it. */
  private static final int VAIN_MAX = 16;

  private final Desk desk;
  private final Map<IpnsName, Long> due = new TreeMap<>();
  private final Map<IpnsName, Digest> topics = new TreeMap<>();
  private final Set<IpnsName> underWay = new TreeSet<>();

  Lookups(Desk desk) {
    this.desk = desk;
  }

  private Backoff quiet(IpnsName log) {
    return new Backoff(desk.values, "fetch-again/" + log.text(), LATENCY_MILLIS, QUIET_MILLIS_MAX);
  }

  void onOnline(long nowMillis) {
    if (!desk.policy.readsMirrors()) return;
    for (ReplicatedTopic topic : desk.topics.values()) {
      for (IpnsName log : topic.followed()) {
        topics.put(log, topic.id());
        long soon = nowMillis + desk.policy.peersFirstMillis();
        boolean isDead = quiet(log).failures() >= VAIN_MAX;
        due.put(log, isDead ? Math.max(soon, quiet(log).dueAt(nowMillis).orElse(soon)) : soon);
      }
    }
  }

  void onOffline() {
    due.clear();
    underWay.clear();
  }

  /** A log that was not known, or is asked for. */
  void now(Digest topic, IpnsName log, long nowMillis) {
    topics.put(log, topic);
    quiet(log).succeeded();
    if (!underWay.contains(log)) due.put(log, nowMillis);
  }

  /** A peer and this device have the same of a topic: it is as if all had been looked for. */
  void onCaughtUp(ReplicatedTopic topic, long nowMillis) {
    for (IpnsName log : topic.followed()) {
      if (due.containsKey(log)) rest(log, nowMillis);
    }
  }

  private void rest(IpnsName log, long nowMillis) {
    quiet(log).failed(nowMillis);
    due.put(log, quiet(log).dueAt(nowMillis).orElse(nowMillis + LATENCY_MILLIS));
  }

  void onWakeUp(long nowMillis) {
    if (!desk.mayBegin(nowMillis)) return;
    Map<Digest, List<IpnsName>> asked = new TreeMap<>();
    for (Map.Entry<IpnsName, Long> entry : new TreeMap<>(due).entrySet()) {
      if (entry.getValue() > nowMillis) continue;
      IpnsName log = entry.getKey();
      due.remove(log);
      underWay.add(log);
      Digest topic = topics.get(log);
      if (topic == null) throw new AssertionError("topic of " + log);
      asked.computeIfAbsent(topic, id -> new ArrayList<>()).add(log);
    }
    asked.forEach((topic, logs) -> desk.ask(new ReplicatorEffect.Fetch(topic, logs)));
  }

  /**
   * A log was looked for.
   *
   * @param isNew whether it brought anything
   */
  void onFetched(IpnsName log, boolean isNew, long nowMillis) {
    if (!underWay.remove(log)) return;
    if (isNew) quiet(log).succeeded();
    rest(log, nowMillis);
  }

  void onFailed(IpnsName log, long nowMillis) {
    if (underWay.remove(log)) rest(log, nowMillis);
  }

  OptionalLong nextWakeUp(long nowMillis) {
    if (!desk.mayBegin(nowMillis)) return OptionalLong.empty();
    return due.values().stream().mapToLong(Long::longValue).min();
  }
}
