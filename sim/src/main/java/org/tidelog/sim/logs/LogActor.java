package org.tidelog.sim.logs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.sync.SyncRole;
import org.tidelog.replicator.Network;
import org.tidelog.replicator.PeerId;
import org.tidelog.replicator.Policy;
import org.tidelog.replicator.Replicator;
import org.tidelog.replicator.ReplicatorEffect;
import org.tidelog.replicator.memory.MemoryDeviceStore;
import org.tidelog.replicator.values.Values;
import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Connection;
import org.tidelog.sim.world.Counter;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Parcel;
import org.tidelog.sim.world.Topic;

/**
 * Drives the replicator of one device: what a node does with sockets and files, in virtual time.
 */
final class LogActor implements Actor, ReplicatorEffect.Driver {
  /** Virtual time begins on 2026-01-01, so that times take the bytes they take. */
  private static final long WALL_MILLIS = 1_767_225_600_000L;

  private final Device device;
  private final LogOptions options;
  private final Chatter chatter;
  private final Itemising itemising;
  private final Verifier verifier;
  private final MemoryDeviceStore store = new MemoryDeviceStore();
  private final Values values = new Values(store);
  private final Replicator replicator;
  private final Map<Integer, MemberLog> memberOf = new HashMap<>();
  private final Map<Digest, MemberLog> byTopic = new HashMap<>();
  private final Map<IpnsName, MemberLog> own = new HashMap<>();
  private final Map<IpnsName, Publisher> publishers = new HashMap<>();
  private final Map<Integer, Connection> connections = new HashMap<>();
  private final @Nullable Calls calls;

  /** Who is to be told that there is room for more. */
  private final Queue<PeerId> sentTo = new ArrayDeque<>();

  LogActor(
      Device device,
      List<Topic> topics,
      LogOptions options,
      Policy policy,
      Chatter chatter,
      Optional<MirrorService> mirror) {
    this.device = device;
    this.options = options;
    this.chatter = chatter;
    this.itemising = new Itemising(options.isSealed());
    Signing signing = options.signsForReal() ? Signing.REAL : Signing.STAND_IN;
    this.verifier = signing.verifier();
    this.calls = mirror.map(service -> new Calls(device, service)).orElse(null);
    Chance chance = device.chance("entropy");
    this.replicator =
        new Replicator(peer(device.id()), store, values, verifier, chance::fill, policy);
    for (Topic topic : topics) {
      byte[] seed = new byte[32];
      chance.fill(seed);
      enter(new MemberLog(topic, signing.signer(seed), store, options.isSealed(), chance::fill));
    }
  }

  private void enter(MemberLog member) {
    memberOf.put(member.topic.id(), member);
    byTopic.put(member.replicated.id(), member);
    own.put(member.log.name(), member);
    member.replicated.addOwn(member.log.name(), 0);
    for (int other : member.topic.members()) {
      if (other != device.id()) member.replicated.addMember(peer(other));
    }
    chatter.logs(member.topic).add(member.log.name());
    replicator.addTopic(member.replicated);
  }

  private static PeerId peer(int device) {
    return PeerId.of(ByteBuffer.allocate(Integer.BYTES).putInt(device).array());
  }

  private static int device(PeerId peer) {
    return ByteBuffer.wrap(peer.bytes()).getInt();
  }

  private long wallMillis() {
    return WALL_MILLIS + device.nowMillis();
  }

  // What happens to the device.

  @Override
  public void onOnline() {
    for (MemberLog member : memberOf.values()) {
      chatter.logs(member.topic).forEach(member.replicated::addFollowed);
    }
    boolean charging = device.occasion() == Occasion.CHARGING;
    replicator.onOnline(new Network(true, device.link().isMetered(), charging), wallMillis());
    carryOut();
  }

  @Override
  public void onOffline() {
    connections.clear();
    replicator.onOffline(wallMillis());
    if (calls != null) calls.onOffline();
    carryOut();
    values.commit(List.of());
  }

  @Override
  public void onMessage(Message message) {
    MemberLog member = member(message.topic());
    MemberLog.Written written = member.write(message, wallMillis());
    int recipients = message.topic().members().size() - 1;
    IpnsName log = member.log.name();
    chatter.onWritten(log, written.seq(), message.number(), device.id(), recipients);
    replicator.onAppended(member.replicated.id(), written.group().head(), wallMillis());
    carryOut();
  }

  private MemberLog member(Topic topic) {
    @Nullable MemberLog member = memberOf.get(topic.id());
    if (member == null) throw new AssertionError("not a member of topic " + topic.id());
    return member;
  }

  @Override
  public void onConnected(Connection connection) {
    int remote = connection.remote();
    @Nullable Connection before = connections.get(remote);
    if (before != null && before.isOpen()) {
      // Both dialled at once: the later one goes, by the hand of who dialled it.
      if (connection.isInitiator()) connection.close();
      return;
    }
    connections.put(remote, connection);
    SyncRole role = connection.isInitiator() ? SyncRole.INITIATOR : SyncRole.RESPONDER;
    replicator.onConnected(peer(remote), role, wallMillis());
    carryOut();
  }

  @Override
  public void onDialFailed(int to) {
    replicator.onDialFailed(peer(to), wallMillis());
    carryOut();
  }

  @Override
  public void onBytes(Connection connection, byte[] bytes) {
    if (connections.get(connection.remote()) != connection) return;
    replicator.onBytes(peer(connection.remote()), bytes, wallMillis());
    carryOut();
  }

  @Override
  public void onDisconnected(Connection connection) {
    if (!connections.remove(connection.remote(), connection)) return;
    replicator.onDisconnected(peer(connection.remote()), wallMillis());
    carryOut();
  }

  @Override
  public void onAnswer(long tag, Optional<byte[]> answer) {
    if (calls != null) calls.onAnswer(tag, answer);
    carryOut();
  }

  @Override
  public void onWake() {
    replicator.onWakeUp(wallMillis());
    carryOut();
  }

  @Override
  public long nextWakeUp() {
    OptionalLong next = replicator.nextWakeUp(wallMillis());
    return next.isPresent() ? next.getAsLong() - WALL_MILLIS : Long.MAX_VALUE;
  }

  /** What it wrote is everywhere, and nothing is under way. */
  @Override
  public boolean isSettled() {
    boolean idle = calls == null || calls.isIdle();
    return idle && replicator.isSettled() && chatter.isAllDelivered(device.id());
  }

  // What the replicator asks for.

  private void carryOut() {
    List<ReplicatorEffect> effects = replicator.drain();
    while (!effects.isEmpty()) {
      effects.forEach(effect -> effect.applyTo(this));
      while (!sentTo.isEmpty()) replicator.onSent(sentTo.remove(), wallMillis());
      effects = replicator.drain();
    }
  }

  @Override
  public void dial(ReplicatorEffect.Dial effect) {
    device.dial(device(effect.peer()));
  }

  @Override
  public void send(ReplicatorEffect.Send effect) {
    @Nullable Connection connection = connections.get(device(effect.peer()));
    if (connection == null) return;
    byte[] bytes = effect.bytes();
    effect.slice().ifPresent(slice -> device.count(Counter.SENDS, dataEntries(slice)));
    connection.send(
        new Parcel(bytes, itemising.frame(effect.kind(), bytes.length, effect.slice())));
    sentTo.add(effect.peer());
  }

  private static int dataEntries(Slice slice) {
    return slice.count() - (int) slice.controls().count();
  }

  @Override
  public void hangUp(ReplicatorEffect.HangUp effect) {
    @Nullable Connection connection = connections.remove(device(effect.peer()));
    if (connection != null) connection.close();
    replicator.onDisconnected(effect.peer(), wallMillis());
  }

  @Override
  public void publish(ReplicatorEffect.Publish effect) {
    IpnsName log = effect.log();
    MemberLog member = Optional.ofNullable(own.get(log)).orElseThrow(AssertionError::new);
    if (calls == null) throw new AssertionError("nowhere to publish to");
    Publisher publisher =
        publishers.computeIfAbsent(
            log,
            name -> new Publisher(member.log, member.signer, verifier, store, options.limits()));
    new PublishRun(
            publisher,
            store,
            calls,
            itemising,
            size -> {
              if (size.isPresent()) {
                replicator.onPublished(log, size.getAsLong(), wallMillis());
              } else {
                replicator.onPublishFailed(log, wallMillis());
              }
            })
        .start(wallMillis());
  }

  @Override
  public void fetch(ReplicatorEffect.Fetch effect) {
    if (calls == null) throw new AssertionError("nowhere to look");
    for (IpnsName log : new ArrayList<>(effect.logs())) {
      Follower follower = new Follower(log, store, verifier);
      new FollowRun(
              follower, store, calls, wallMillis(), end -> onFetched(effect.topic(), log, end))
          .start();
    }
  }

  private void onFetched(Digest topic, IpnsName log, Optional<FollowOutcome> end) {
    if (!end.isPresent()) {
      replicator.onFetchFailed(log, wallMillis());
      return;
    }
    SeqRanges added = end.get().added();
    deliver(topic, log, added);
    replicator.onFetched(topic, log, !added.isEmpty(), store, wallMillis());
  }

  @Override
  public void stored(ReplicatorEffect.Stored effect) {
    deliver(effect.topic(), effect.log(), effect.added());
  }

  private void deliver(Digest topic, IpnsName log, SeqRanges added) {
    if (added.isEmpty()) return;
    MemberLog member = Optional.ofNullable(byTopic.get(topic)).orElseThrow(AssertionError::new);
    SeqRanges fresh = member.unread(log, added);
    for (byte[] payload : member.read(log, fresh)) {
      device.deliver(Message.numberOf(payload), payload);
    }
    for (SeqRange range : fresh.ranges()) chatter.onDelivered(log, range);
  }

  @Override
  public void forked(ReplicatorEffect.Forked effect) {
    throw new AssertionError("a log has two writers: " + effect.log());
  }

  @Override
  public void reached(ReplicatorEffect.Reached effect) {}
}
