package org.tidelog.sim.mvds;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.sim.mvds.CacheTalk.Kind;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Parcel;
import org.tidelog.sim.world.Topic;

/**
 * A device with MVDS and a cache: leaves there what it sends for the first time, and asks there in
 * the middle of each polling interval while it is online.
 */
final class CachedMvdsActor implements Actor {
  private static final byte[] NOTHING = {};

  private final Device device;
  private final MvdsActor mvds;
  private final int cache;
  private final long pollMillis;

  /** What was left for whom already, so that it is not left there again. */
  private final Set<Deposit> deposited = new HashSet<>();

  private final Set<Integer> received = new HashSet<>();
  private int receivedBelow;
  private long polledInterval = -1;

  private record Deposit(int peer, Digest id) {}

  CachedMvdsActor(Device device, List<Topic> topics, MvdsOptions options, int cache) {
    this.device = device;
    this.mvds = new MvdsActor(device, topics, Mode.BATCH, options, this::send);
    this.cache = cache;
    this.pollMillis = options.pollMillis();
  }

  @Override
  public void onMessage(org.tidelog.sim.world.Message message) {
    mvds.onMessage(message);
  }

  @Override
  public void onDatagram(int from, byte[] bytes) {
    if (from != cache) {
      mvds.onDatagram(from, bytes);
      return;
    }
    CacheTalk talk = CacheTalk.parse(bytes);
    if (talk.number() < receivedBelow || !received.add(talk.number())) {
      return;
    }
    while (received.remove(receivedBelow)) {
      receivedBelow++;
    }
    mvds.onDatagram(talk.peer(), talk.payload());
  }

  @Override
  public void onWake() {
    long now = device.nowMillis();
    if (mvds.nextWakeUp() <= now) {
      mvds.onWake();
    }
    if (device.isOnline() && nextPollMillis() <= now) {
      polledInterval = interval(now);
      device.sendDatagram(
          cache, new CacheTalk(Kind.QUERY, 0, receivedBelow, NOTHING).parcel(Breakdown.NONE));
    }
  }

  @Override
  public long nextWakeUp() {
    return device.isOnline() ? Math.min(mvds.nextWakeUp(), nextPollMillis()) : mvds.nextWakeUp();
  }

  @Override
  public boolean isSettled() {
    return mvds.isSettled();
  }

  /** In the middle of an interval: what others left at its beginning is there by then. */
  private long nextPollMillis() {
    long next = Math.max(polledInterval + 1, interval(device.nowMillis()));
    return next * pollMillis + pollMillis / 2;
  }

  private long interval(long millis) {
    return millis / pollMillis;
  }

  private void send(int peer, Payload payload) {
    mvds.sendDirectly(peer, payload);
    if (isNews(peer, payload)) {
      mvds.parcels().count(payload);
      Parcel inner = mvds.parcels().parcel(payload);
      device.sendDatagram(
          cache,
          new CacheTalk(Kind.DEPOSIT, peer, 0, inner.bytes())
              .parcel(inner.breakdown(), inner.about()));
    }
  }

  private boolean isNews(int peer, Payload payload) {
    boolean isNews = false;
    for (Message message : payload.messages()) {
      isNews |= deposited.add(new Deposit(peer, message.id()));
    }
    for (Digest ack : payload.acks()) {
      isNews |= deposited.add(new Deposit(peer, ack));
    }
    return isNews;
  }
}
