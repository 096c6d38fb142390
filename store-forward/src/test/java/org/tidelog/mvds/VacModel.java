package org.tidelog.mvds;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.mvds.memory.MemoryMvdsStore;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Numbering;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.PayloadWriter;

/**
 * The world of Vac's simulation: nodes that all share one group and never pause, a coin for each
 * payload that says whether it arrives, and everybody sends before anybody receives.
 */
final class VacModel {
  static final Digest GROUP = Sha256.hash(new byte[] {1});

  /** Records sent, arrived or not. */
  static final class Sent {
    long offers;
    long requests;
    long messages;
    long acks;
    long payloads;
    long bytes;

    void count(Payload payload, int size) {
      offers += payload.offers().size();
      requests += payload.requests().size();
      messages += payload.messages().size();
      acks += payload.acks().size();
      payloads++;
      bytes += size;
    }
  }

  private record Parcel(int from, Outgoing outgoing) {}

  final List<MvdsNode> nodes = new ArrayList<>();
  final Sent sent = new Sent();
  long deliveries;
  long lastDelivery;
  long epoch;

  private final double present;
  private final Random coin;
  private final PayloadWriter writer;
  private int written;

  VacModel(int count, MvdsSettings settings, Mode mode, double present, long seed) {
    this.present = present;
    this.coin = new Random(seed);
    this.writer = new PayloadWriter(settings.numbering());
    for (int i = 0; i < count; i++) {
      nodes.add(new MvdsNode(settings, new MemoryMvdsStore()));
      for (int peer = 0; peer < count; peer++) {
        if (peer != i) nodes.get(i).addPeer(GROUP, peer, mode);
      }
    }
  }

  /** The first node writes a message. */
  Message write(int bytes) {
    return nodes.get(0).append(GROUP, ++written, new byte[bytes], epoch);
  }

  /** One epoch more. */
  void step() {
    epoch++;
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (Outgoing outgoing : nodes.get(i).onEpoch(epoch)) {
        sent.count(outgoing.payload(), writer.size(outgoing.payload()));
        if (coin.nextDouble() < present) parcels.add(new Parcel(i, outgoing));
      }
    }
    for (Parcel parcel : parcels) {
      MvdsNode to = nodes.get(parcel.outgoing().peer());
      int count = to.onPayload(parcel.from(), parcel.outgoing().payload(), epoch).size();
      deliveries += count;
      if (count > 0) lastDelivery = epoch;
    }
  }

  /** Goes on until nobody has anything to say, from one epoch to the next in which somebody has. */
  void untilQuiet() {
    while (nodes.stream().anyMatch(node -> node.nextWakeUp().isPresent())) {
      long next =
          nodes.stream()
              .mapToLong(node -> node.nextWakeUp().orElse(Long.MAX_VALUE))
              .min()
              .getAsLong();
      epoch = next - 1;
      step();
    }
  }

  static int bytes(Message message, Numbering numbering) {
    return new PayloadWriter(numbering).messageBytes(message);
  }
}
