package org.tidelog.replicator;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.sync.SyncRole;
import org.tidelog.replicator.values.Values;

/**
 * Decides for one device what to replicate, by which path and when: it dials peers and keeps them
 * up to date, publishes logs of its own and looks for those of others, and tells how far each of
 * its own logs has got. It waits for events and has no beat of its own: without news and with
 * nothing due, {@link #nextWakeUp} is empty. Owned by one thread; what is to be remembered is in
 * the values, which the driver commits.
 */
public final class Replicator {
  private final Desk desk;
  private final Connections connections;
  private final Publications publications;
  private final Lookups lookups;

  /**
   * @param self as peers know this device
   * @param entropy for nonces of sessions
   */
  public Replicator(
      PeerId self,
      LogStore store,
      Values values,
      Verifier verifier,
      Entropy entropy,
      Policy policy) {
    this.desk = new Desk(values, policy);
    this.publications = new Publications(desk);
    this.lookups = new Lookups(desk);
    this.connections = new Connections(self, desk, store, verifier, entropy, new News());
  }

  /** What comes of talking with peers. */
  private final class News implements Connections.Listener {
    @Override
    public void onStored(ReplicatorEffect.Stored stored, long nowMillis) {
      @Nullable ReplicatedTopic topic = desk.topics.get(stored.topic());
      if (topic != null) topic.addFollowed(stored.log());
    }

    @Override
    public void onAgreed(PeerId peer, ReplicatedTopic topic, long nowMillis) {
      lookups.onCaughtUp(topic, nowMillis);
      topic.own().forEach((log, size) -> onHeld(peer, log, size));
    }
  }

  private void onHeld(PeerId peer, IpnsName log, long size) {
    if (!desk.ladder.onHeld(peer, log, size)) return;
    int copies = desk.ladder.copies(log, size);
    desk.ask(new ReplicatorEffect.Reached(log, Rung.REPLICATED, copies, size));
  }

  // What there is.

  public void addTopic(ReplicatedTopic topic) {
    desk.topics.put(topic.id(), topic);
  }

  /** Up to where {@code copies} other devices have a log of this one; 0: nothing of it. */
  public long replicated(IpnsName log, int copies) {
    return desk.ladder.replicated(log, copies);
  }

  /** Up to where the remote log has a log of this device; 0: nothing of it. */
  public long mirrored(IpnsName log) {
    return desk.ladder.mirrored(log);
  }

  // What the application does.

  /**
   * Entries of a log of this device are durable. Where its topic is not one that peers are told of,
   * it is published all the same.
   */
  public void onAppended(Digest topic, Head head, long nowMillis) {
    IpnsName log = head.statement().log();
    @Nullable ReplicatedTopic replicated = desk.topics.get(topic);
    if (replicated != null) replicated.onAppended(head);
    publications.onAppended(log, head.size(), nowMillis);
    connections.onChanged(log, null, nowMillis);
    connections.dial(nowMillis);
    publications.onWakeUp(nowMillis);
  }

  /** Nobody will write or publish this log any more. */
  public void onAbandoned(IpnsName log) {
    publications.onAbandoned(log);
  }

  /** Somebody waits for a log of this device to be mirrored. */
  public void publish(IpnsName log, long nowMillis) {
    publications.now(log, nowMillis);
    publications.onWakeUp(nowMillis);
  }

  /** Somebody wants to see what there is of a log now. */
  public void fetch(Digest topic, IpnsName log, long nowMillis) {
    lookups.now(topic, log, nowMillis);
    lookups.onWakeUp(nowMillis);
  }

  // What the network does.

  /** The device is online, or its network has changed. */
  public void onOnline(Network network, long nowMillis) {
    boolean wasOnline = desk.isOnline();
    desk.network(network);
    if (!wasOnline) {
      connections.onOnline(nowMillis);
      lookups.onOnline(nowMillis);
    }
    onWakeUp(nowMillis);
  }

  /** All connections are gone. */
  public void onOffline(long nowMillis) {
    connections.onOffline(nowMillis);
    lookups.onOffline();
    desk.network(Network.OFFLINE);
    desk.spending.keep();
  }

  /** A peer is there: found on the local network, or said to be online. */
  public void onSeen(PeerId peer, long nowMillis) {
    connections.onSeen(peer, nowMillis);
  }

  public void onConnected(PeerId peer, SyncRole role, long nowMillis) {
    connections.onConnected(peer, role, nowMillis);
  }

  public void onDialFailed(PeerId peer, long nowMillis) {
    connections.onDialFailed(peer, nowMillis);
  }

  public void onBytes(PeerId peer, byte[] bytes, long nowMillis) {
    connections.onBytes(peer, bytes, nowMillis);
  }

  /** What was asked to be sent to a peer is on its way, and there is room for more. */
  public void onSent(PeerId peer, long nowMillis) {
    connections.onSent(peer, nowMillis);
  }

  public void onDisconnected(PeerId peer, long nowMillis) {
    connections.onDisconnected(peer, nowMillis);
    connections.dial(nowMillis);
  }

  // How what was asked for has gone.

  public void onPublished(IpnsName log, long size, long nowMillis) {
    publications.onPublished(log, size, nowMillis);
    publications.onWakeUp(nowMillis);
  }

  public void onPublishFailed(IpnsName log, long nowMillis) {
    publications.onFailed(log, nowMillis);
  }

  /**
   * A log was looked for in the remote log.
   *
   * @param isNew whether that brought entries: they are durable
   */
  public void onFetched(Digest topic, IpnsName log, boolean isNew, LogStore store, long nowMillis) {
    lookups.onFetched(log, isNew, nowMillis);
    if (!isNew) return;
    topic(topic).logs().changed(log, store);
    connections.onChanged(log, null, nowMillis);
  }

  public void onFetchFailed(IpnsName log, long nowMillis) {
    lookups.onFailed(log, nowMillis);
  }

  // Time.

  /** When {@link #onWakeUp} is to be called next; empty while there is nothing to wait for. */
  public OptionalLong nextWakeUp(long nowMillis) {
    if (!desk.isOnline()) return OptionalLong.empty();
    long next = publications.nextWakeUp(nowMillis).orElse(Long.MAX_VALUE);
    next = Math.min(next, lookups.nextWakeUp(nowMillis).orElse(Long.MAX_VALUE));
    next = Math.min(next, connections.nextWakeUp(nowMillis).orElse(Long.MAX_VALUE));
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  public void onWakeUp(long nowMillis) {
    if (!desk.isOnline()) return;
    connections.dial(nowMillis);
    publications.onWakeUp(nowMillis);
    lookups.onWakeUp(nowMillis);
  }

  /** Whether nothing is under way with any peer. */
  public boolean isSettled() {
    return connections.isSettled();
  }

  public boolean isConnected(PeerId peer) {
    return connections.isConnected(peer);
  }

  public List<ReplicatorEffect> drain() {
    return desk.drain();
  }

  private ReplicatedTopic topic(Digest id) {
    @Nullable ReplicatedTopic topic = desk.topics.get(id);
    if (topic == null) throw new IllegalArgumentException("topic: " + id);
    return topic;
  }
}
