package org.tidelog.sim.mvds;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.tidelog.crypto.MalformedException;
import org.tidelog.mvds.wire.Numbering;
import org.tidelog.mvds.wire.PayloadReader;
import org.tidelog.sim.mvds.CacheTalk.Kind;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Parcel;

/** The cache: keeps what is left for each device until that device says that it has it. */
final class CacheActor implements Actor {
  private final Device device;
  private final PayloadParcels parcels;
  private final Map<Integer, Box> boxes = new HashMap<>();

  CacheActor(Device device, Numbering numbering) {
    this.device = device;
    this.parcels = new PayloadParcels(numbering, device);
  }

  /** What is left for one device; the first one has the number {@code first}. */
  private static final class Box {
    private final Deque<Left> kept = new ArrayDeque<>();
    private int first;
  }

  private record Left(int sender, byte[] payload) {}

  @Override
  public void onDatagram(int from, byte[] bytes) {
    CacheTalk talk = CacheTalk.parse(bytes);
    if (talk.kind() == Kind.DEPOSIT) {
      box(talk.peer()).kept.add(new Left(from, talk.payload()));
    } else {
      answer(from, talk.number());
    }
  }

  private void answer(int recipient, int confirmed) {
    Box box = box(recipient);
    while (box.first < confirmed && box.kept.poll() != null) {
      box.first++;
    }
    int number = box.first;
    for (Left left : box.kept) {
      forward(recipient, number++, left);
    }
  }

  private void forward(int recipient, int number, Left left) {
    try {
      var payload = PayloadReader.decode(left.payload());
      Parcel inner = parcels.parcel(payload);
      parcels.count(payload);
      CacheTalk talk = new CacheTalk(Kind.FORWARD, left.sender(), number, left.payload());
      device.sendDatagram(recipient, talk.parcel(inner.breakdown(), inner.about()));
    } catch (MalformedException e) {
      throw new AssertionError("a payload that a device of this run has written", e);
    }
  }

  private Box box(int recipient) {
    return boxes.computeIfAbsent(recipient, unused -> new Box());
  }
}
