package org.tidelog.replicator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.sync.SyncConfig;
import org.tidelog.log.sync.SyncEffect;
import org.tidelog.log.sync.SyncLimits;
import org.tidelog.log.sync.SyncRole;
import org.tidelog.log.sync.SyncSession;

/**
 * Live peers: who is dialled and when, and a session for each connection. As many as the policy
 * asks for are looked for once the device is online, those that answered last before the others;
 * one that does not answer rests. What one of them brings is pushed on to the others.
 */
final class Connections {
  /** Who comes online later than that is looked for: a dial in vain costs four packets. */
  private static final long RETRY_MILLIS_MAX = 15 * 60_000;

  private static final int DIALS_MAX = 3;

  /** Enough to keep a fast line busy until the driver asks for more. */
  private static final int SEND_BYTES = 256 * 1024;

  /** How long a dial takes until it fails, as the path declares it. */
  private static final long LATENCY_MILLIS = 5_000;

  private final PeerId self;
  private final Desk desk;
  private final LogStore store;
  private final PeerNotes notes;
  private final Verifier verifier;
  private final Entropy entropy;
  private final Listener listener;
  private final Map<PeerId, SyncSession> sessions = new TreeMap<>();
  private final Set<PeerId> dialling = new TreeSet<>();

  /** Whom this device has dialled in vain since it came online. */
  private final Set<PeerId> tried = new TreeSet<>();

  /** What the parts beside this one want to know of a session. */
  interface Listener {
    /** A peer has brought entries of a log. */
    void onStored(ReplicatorEffect.Stored stored, long nowMillis);

    /** A peer and this device have the same of a topic. */
    void onAgreed(PeerId peer, ReplicatedTopic topic, long nowMillis);
  }

  Connections(
      PeerId self,
      Desk desk,
      LogStore store,
      Verifier verifier,
      Entropy entropy,
      Listener listener) {
    this.self = self;
    this.desk = desk;
    this.store = store;
    this.notes = new PeerNotes(desk.values);
    this.verifier = verifier;
    this.entropy = entropy;
    this.listener = listener;
  }

  private Backoff backoff(PeerId peer) {
    return new Backoff(desk.values, "dial-again/" + peer.hex(), LATENCY_MILLIS, RETRY_MILLIS_MAX);
  }

  void onOnline(long nowMillis) {
    tried.clear();
    dial(nowMillis);
  }

  void onOffline(long nowMillis) {
    new ArrayList<>(sessions.keySet()).forEach(peer -> onDisconnected(peer, nowMillis));
    dialling.clear();
  }

  /** Dials as many as are wanted. */
  void dial(long nowMillis) {
    if (desk.policy.peersMax() == 0 || !desk.mayBegin(nowMillis)) return;
    for (PeerId peer : candidates()) {
      if (dialling.size() == DIALS_MAX || isEnough()) return;
      if (!backoff(peer).isDue(nowMillis)) continue;
      dialNow(peer);
    }
  }

  /** When somebody is to be dialled next who lacks something; empty while nobody is. */
  OptionalLong nextWakeUp(long nowMillis) {
    boolean waits =
        desk.policy.dialling() == Policy.Dialling.WHEN_NEEDED
            && dialling.size() < DIALS_MAX
            && !isEnough();
    if (desk.policy.peersMax() == 0 || !waits || !desk.mayBegin(nowMillis)) {
      return OptionalLong.empty();
    }
    return candidates().stream()
        .mapToLong(peer -> backoff(peer).dueAt(nowMillis).orElse(nowMillis))
        .min();
  }

  private boolean isEnough() {
    return sessions.size() + dialling.size() >= desk.policy.peersMax();
  }

  /** Those that failed least, first. */
  private List<PeerId> candidates() {
    SortedSet<PeerId> members = new TreeSet<>();
    boolean all = desk.policy.dialling() == Policy.Dialling.ALWAYS;
    for (ReplicatedTopic topic : desk.topics.values()) {
      if (all) {
        members.addAll(topic.members());
      } else {
        topic.own().forEach((log, size) -> members.addAll(lacking(topic, log, size)));
      }
    }
    members.remove(self);
    members.removeAll(sessions.keySet());
    members.removeAll(dialling);
    if (all) members.removeAll(tried);
    List<PeerId> ranked = new ArrayList<>(members);
    ranked.sort(Comparator.comparingInt(peer -> backoff(peer).failures()));
    return ranked;
  }

  private Set<PeerId> lacking(ReplicatedTopic topic, IpnsName log, long size) {
    Set<PeerId> lacking = new TreeSet<>();
    for (PeerId peer : topic.members()) {
      if (desk.ladder.held(peer, log) < size) lacking.add(peer);
    }
    return lacking;
  }

  /** Somebody knows that this peer is there. */
  void onSeen(PeerId peer, long nowMillis) {
    tried.remove(peer);
    backoff(peer).succeeded();
    boolean busy = sessions.containsKey(peer) || dialling.contains(peer);
    if (!busy && !isEnough() && desk.mayBegin(nowMillis)) dialNow(peer);
  }

  private void dialNow(PeerId peer) {
    dialling.add(peer);
    tried.add(peer);
    desk.ask(new ReplicatorEffect.Dial(peer));
  }

  void onDialFailed(PeerId peer, long nowMillis) {
    if (!dialling.remove(peer)) return;
    backoff(peer).failed(nowMillis);
    dial(nowMillis);
  }

  void onConnected(PeerId peer, SyncRole role, long nowMillis) {
    dialling.remove(peer);
    if (sessions.containsKey(peer)) return; // The transport keeps one of two; so does this.
    backoff(peer).succeeded();
    SyncConfig config =
        new SyncConfig(
            role,
            self.bytes(),
            peer.bytes(),
            entropy.bytes(SyncConfig.NONCE_BYTES),
            SyncLimits.DEFAULT);
    SyncSession session =
        new SyncSession(
            config, () -> new ArrayList<>(desk.topics.values()), store, notes, verifier);
    sessions.put(peer, session);
    session.start(nowMillis);
    pump(peer, session, nowMillis);
  }

  void onBytes(PeerId peer, byte[] bytes, long nowMillis) {
    @Nullable SyncSession session = sessions.get(peer);
    if (session == null) return; // It came behind what ended the connection.
    desk.spending.spend(bytes.length, nowMillis);
    session.onBytes(bytes, nowMillis);
    pump(peer, session, nowMillis);
  }

  void onDisconnected(PeerId peer, long nowMillis) {
    @Nullable SyncSession session = sessions.remove(peer);
    if (session != null) session.onEnd(nowMillis);
  }

  boolean isConnected(PeerId peer) {
    return sessions.containsKey(peer);
  }

  boolean isSettled() {
    return dialling.isEmpty() && sessions.values().stream().allMatch(SyncSession::isSettled);
  }

  /** A log has more here than before, by whatever way: those who had all of it get that. */
  void onChanged(IpnsName log, @Nullable PeerId from, long nowMillis) {
    for (Map.Entry<PeerId, SyncSession> entry : new TreeMap<>(sessions).entrySet()) {
      if (from != null && entry.getKey().equals(from)) continue;
      entry.getValue().onChanged(log, nowMillis);
      pump(entry.getKey(), entry.getValue(), nowMillis);
    }
  }

  /** Hands on what a session wants, until it is quiet or the driver has enough to send. */
  private void pump(PeerId peer, SyncSession session, long nowMillis) {
    Carrier carrier = new Carrier(peer, nowMillis);
    List<SyncEffect> effects = session.drain();
    while (!effects.isEmpty()) {
      effects.forEach(effect -> effect.applyTo(carrier));
      if (carrier.sent >= SEND_BYTES) return; // The rest follows when the driver says so.
      effects = session.drain();
    }
  }

  /** The driver is ready for more of what a session has to send. */
  void onSent(PeerId peer, long nowMillis) {
    @Nullable SyncSession session = sessions.get(peer);
    if (session != null) pump(peer, session, nowMillis);
  }

  /** Hands on what a session asks for. */
  private final class Carrier implements SyncEffect.Driver {
    private final PeerId peer;
    private final long nowMillis;
    private long sent;

    Carrier(PeerId peer, long nowMillis) {
      this.peer = peer;
      this.nowMillis = nowMillis;
    }

    @Override
    public void send(SyncEffect.Send effect) {
      sent += effect.bytes().length;
      desk.spending.spend(effect.bytes().length, nowMillis);
      desk.ask(new ReplicatorEffect.Send(peer, effect.kind(), effect.bytes(), effect.slice()));
    }

    @Override
    public void stored(SyncEffect.Stored effect) {
      ReplicatorEffect.Stored stored =
          new ReplicatorEffect.Stored(effect.topic(), effect.log(), effect.added());
      desk.ask(stored);
      listener.onStored(stored, nowMillis);
      onChanged(effect.log(), peer, nowMillis);
    }

    @Override
    public void forked(SyncEffect.Forked effect) {
      desk.ask(new ReplicatorEffect.Forked(effect.topic(), effect.log(), effect.proof()));
    }

    /** Somebody else may have it. */
    @Override
    public void missing(SyncEffect.Missing effect) {}

    @Override
    public void settled(SyncEffect.Settled effect) {
      @Nullable ReplicatedTopic topic = desk.topics.get(effect.topic());
      if (topic != null && effect.agreed()) listener.onAgreed(peer, topic, nowMillis);
    }

    @Override
    public void close(SyncEffect.Close effect) {
      desk.ask(new ReplicatorEffect.HangUp(peer, effect.reason()));
    }
  }
}
