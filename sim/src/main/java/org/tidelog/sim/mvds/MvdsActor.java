package org.tidelog.sim.mvds;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.mvds.Delivery;
import org.tidelog.mvds.MvdsNode;
import org.tidelog.mvds.Outgoing;
import org.tidelog.mvds.memory.MemoryMvdsStore;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.PayloadReader;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Topic;

/** Drives one device's MVDS node by the clock of its epochs. */
final class MvdsActor implements Actor {
  private final Device device;
  private final MvdsOptions options;
  private final MvdsNode node;
  private final PayloadParcels parcels;
  private final Postman postman;

  /** Who takes a payload to a peer. */
  @FunctionalInterface
  interface Postman {
    void send(int peer, Payload payload);
  }

  MvdsActor(Device device, List<Topic> topics, Mode mode, MvdsOptions options) {
    this(device, topics, mode, options, null);
  }

  /** {@code other} sends instead of this actor. */
  MvdsActor(
      Device device, List<Topic> topics, Mode mode, MvdsOptions options, @Nullable Postman other) {
    this.device = device;
    this.options = options;
    this.node = new MvdsNode(options.settings(), new MemoryMvdsStore());
    this.parcels = new PayloadParcels(options.settings().numbering(), device);
    this.postman = other == null ? this::sendDirectly : other;
    for (Topic topic : topics) {
      for (int member : topic.members()) {
        if (member != device.id()) {
          node.addPeer(group(topic), member, mode);
        }
      }
    }
  }

  @Override
  public void onMessage(Message message) {
    Digest group = group(message.topic());
    if (options.withParents()) {
      node.append(group, message.createdMillis(), message.payload(), epoch());
    } else {
      node.append(
          org.tidelog.mvds.wire.Message.of(
              group, message.createdMillis(), message.payload(), Metadata.NONE),
          epoch());
    }
  }

  @Override
  public void onDatagram(int from, byte[] bytes) {
    try {
      for (Delivery delivery : node.onPayload(from, PayloadReader.decode(bytes), epoch())) {
        byte[] body = delivery.message().body();
        device.deliver(Message.numberOf(body), body);
      }
    } catch (MalformedException e) {
      throw new AssertionError("a payload that a device of this run has written", e);
    }
  }

  @Override
  public void onWake() {
    for (Outgoing outgoing : node.onEpoch(epoch())) {
      parcels.count(outgoing.payload());
      postman.send(outgoing.peer(), outgoing.payload());
    }
  }

  @Override
  public long nextWakeUp() {
    OptionalLong epoch = node.nextWakeUp();
    return epoch.isPresent() ? epoch.getAsLong() * options.epochMillis() : Long.MAX_VALUE;
  }

  @Override
  public boolean isSettled() {
    return !node.nextWakeUp().isPresent();
  }

  void sendDirectly(int peer, Payload payload) {
    device.sendDatagram(peer, parcels.parcel(payload));
  }

  PayloadParcels parcels() {
    return parcels;
  }

  private long epoch() {
    return device.nowMillis() / options.epochMillis();
  }

  private static Digest group(Topic topic) {
    byte[] id = new byte[Digest.LENGTH];
    ByteBuffer.wrap(id).putInt(0, topic.id() + 1);
    return Digest.of(id);
  }
}
