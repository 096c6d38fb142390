package org.tidelog.replicator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.replicator.values.Values;

/** What the parts of one replicator share. */
final class Desk {
  final Values values;
  final Policy policy;
  final Ladder ladder;
  final Spending spending;
  final SortedMap<Digest, ReplicatedTopic> topics = new TreeMap<>();
  private final Queue<ReplicatorEffect> effects = new ArrayDeque<>();
  private Network network = Network.OFFLINE;

  Desk(Values values, Policy policy) {
    this.values = values;
    this.policy = policy;
    this.ladder = new Ladder(values);
    this.spending = new Spending(values, policy.bytesPerDay());
  }

  void ask(ReplicatorEffect effect) {
    effects.add(effect);
  }

  List<ReplicatorEffect> drain() {
    List<ReplicatorEffect> drained = new ArrayList<>(effects);
    effects.clear();
    return drained;
  }

  void network(Network now) {
    network = now;
  }

  boolean isOnline() {
    return network.online();
  }

  /** Whether something may be begun that nobody has asked for. */
  boolean mayBegin(long nowMillis) {
    return policy.when().allows(network) && spending.isLeft(nowMillis);
  }
}
