package org.tidelog.sim.world;

import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.kernel.Event;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.UdpHeaders;

/** Carries datagrams: late, or not at all. */
final class DatagramWire {
  /** A link's queue that is shorter than this is not worth an event of its own. */
  private static final long QUEUE_NOTICED_MICROS = 1_000;

  private final World world;
  private final Chance losses;
  private final Chance latencies;

  DatagramWire(World world) {
    this.world = world;
    this.losses = world.chance("datagram-loss", 0);
    this.latencies = world.chance("datagram-latency", 0);
  }

  void send(Host from, Host to, Parcel parcel) {
    int size = parcel.bytes().length;
    Breakdown bytes =
        world.options().hasHeaders()
            ? parcel.breakdown().plus(UdpHeaders.around(size))
            : parcel.breakdown();
    long now = world.queue().nowMicros();
    long begin = Math.max(now, from.upFreeMicros);
    long gone = begin + Link.microsFor(bytes.total(), from.link().upBitsPerSecond());
    from.upFreeMicros = gone;
    world.ledger().sent(from.options.role(), bytes);
    from.carried(bytes, begin, gone);
    world.note("sent", from.id(), to.id(), bytes.total(), parcel.about());
    if (leavesTooLate(from, gone) || isLost(from, to, size)) {
      lose(from, to, bytes, parcel);
      return;
    }
    world.departed();
    world.queue().schedule(gone + latency(from, to), new Flight(from, to, parcel, bytes), 0);
  }

  /** What still stands in the queue when the session ends never leaves. */
  private boolean leavesTooLate(Host from, long goneMicros) {
    return !world.options().sendsBlindly() && goneMicros > from.onlineUntilMicros();
  }

  private boolean isLost(Host from, Host to, int size) {
    double kept = (1 - from.link().loss()) * (1 - to.link().loss());
    return kept < 1 && !losses.happens(StrictMath.pow(kept, UdpHeaders.packets(size)))
        || !Reach.isPossible(world, from, to);
  }

  private long latency(Host from, Host to) {
    return from.link().latencyMicros(latencies)
        + (long) (1e3 * world.options().coreLatencyMillis())
        + to.link().latencyMicros(latencies);
  }

  private void lose(Host from, Host to, Breakdown bytes, Parcel parcel) {
    world.ledger().lost(bytes);
    world.note("lost", from.id(), to.id(), bytes.total(), parcel.about());
  }

  /** A datagram between two links, then in the queue of the second one. */
  private final class Flight implements Event {
    private static final long IN_QUEUE = 1;

    private final Host from;
    private final Host to;
    private final Parcel parcel;
    private final Breakdown bytes;

    Flight(Host from, Host to, Parcel parcel, Breakdown bytes) {
      this.from = from;
      this.to = to;
      this.parcel = parcel;
      this.bytes = bytes;
    }

    @Override
    public void fire(long stage) {
      long now = world.queue().nowMicros();
      if (stage != IN_QUEUE && to.isOnline()) {
        long begin = Math.max(now, to.downFreeMicros);
        long done = begin + Link.microsFor(bytes.total(), to.link().downBitsPerSecond());
        to.downFreeMicros = done;
        if (done - now > QUEUE_NOTICED_MICROS) {
          world.queue().schedule(done, this, IN_QUEUE);
          return;
        }
      }
      world.arrived();
      if (!to.isOnline()) {
        lose(from, to, bytes, parcel);
        return;
      }
      world.ledger().received(to.options.role(), bytes);
      to.carried(bytes, now, now);
      world.note("received", from.id(), to.id(), bytes.total(), parcel.about());
      to.actor().onDatagram(from.id(), parcel.bytes());
      to.settle();
    }
  }
}
