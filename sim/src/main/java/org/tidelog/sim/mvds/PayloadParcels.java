package org.tidelog.sim.mvds;

import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Numbering;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.PayloadWriter;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.world.Counter;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Parcel;

/** Makes parcels of MVDS payloads: what each of their bytes is for. */
final class PayloadParcels {
  private final PayloadWriter writer;
  private final Device device;

  PayloadParcels(Numbering numbering, Device device) {
    this.writer = new PayloadWriter(numbering);
    this.device = device;
  }

  Parcel parcel(Payload payload) {
    int bodies = 0;
    int messages = 0;
    for (Message message : payload.messages()) {
      bodies += message.bodyBytes();
      messages += writer.messageBytes(message);
    }
    Breakdown breakdown =
        Breakdown.of(Layer.PAYLOAD, bodies)
            .plus(Layer.MESSAGE, messages - bodies)
            .plus(Layer.OFFER, payload.offers().size() * writer.idBytes())
            .plus(Layer.REQUEST, payload.requests().size() * writer.idBytes())
            .plus(Layer.ACK, payload.acks().size() * writer.idBytes());
    return new Parcel(writer.encode(payload), breakdown, traced(payload));
  }

  /** Adds what a payload has to the run's counts. */
  void count(Payload payload) {
    device.count(Counter.SENDS, payload.messages().size());
    device.count(Counter.ACKS, payload.acks().size());
    device.count(Counter.OFFERS, payload.offers().size());
    device.count(Counter.REQUESTS, payload.requests().size());
  }

  private int[] traced(Payload payload) {
    if (!device.isTracing()) {
      return Parcel.ABOUT_NOTHING;
    }
    return payload.messages().stream()
        .mapToInt(message -> org.tidelog.sim.world.Message.numberOf(message.body()))
        .filter(device::isTraced)
        .toArray();
  }
}
