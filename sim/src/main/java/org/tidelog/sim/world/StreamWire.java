package org.tidelog.sim.world;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.kernel.Event;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.PeerHandshake;
import org.tidelog.sim.network.TcpHeaders;

/**
 * Carries connections between peers: TCP, Noise, yamux, one stream a connection. Every packet is
 * counted, those that open, acknowledge and close it too; an acknowledgement is not put on data
 * going the other way, which overstates talk that goes to and fro by at most a packet a turn.
 */
final class StreamWire {
  /** TCP, multistream-select with Noise's first message, Noise: then the dialler may write. */
  private static final int SETUP_ROUND_TRIPS = 3;

  /** A SYN is repeated after 1, 2 and 4 s; most diallers have given up then. */
  private static final int SYNS = 4;

  private static final long DIAL_TIMEOUT_MICROS = TimeUnit.SECONDS.toMicros(7);

  /** Keep-alive tells that a peer vanished without a word. */
  private static final long SILENCE_MICROS = TimeUnit.SECONDS.toMicros(30);

  /** The least that TCP waits before it sends again (RFC 6298 as Linux has it). */
  private static final long RETRANSMISSION_MICROS = TimeUnit.MILLISECONDS.toMicros(200);

  /**
   * What is sent again counts as the transport's: which protocol's bytes were in it is not kept.
   */
  private static final Breakdown REPEATED_SEGMENT =
      TcpHeaders.ACK.plus(Layer.TRANSPORT, TcpHeaders.SEGMENT_BYTES_MAX);

  private final World world;
  private final Chance losses;
  private final Chance latencies;

  StreamWire(World world) {
    this.world = world;
    this.losses = world.chance("stream-loss", 0);
    this.latencies = world.chance("stream-latency", 0);
  }

  void dial(Host from, Host to) {
    long session = from.sessionNumber();
    long now = world.queue().nowMicros();
    world.departed();
    if (from == to || !to.isOnline() || !Reach.isPossible(world, from, to)) {
      for (int i = 0; i < SYNS; i++) {
        counted(from, TcpHeaders.SYN);
        world.ledger().lost(headed(TcpHeaders.SYN));
      }
      world.queue().schedule(now + DIAL_TIMEOUT_MICROS, failing(from, to), session);
      return;
    }
    long roundTrip = 2 * oneWay(from, to);
    Event standing = standing(from, to, to.sessionNumber());
    world.queue().schedule(now + SETUP_ROUND_TRIPS * roundTrip, standing, session);
  }

  void send(StreamEnd end, Parcel parcel) {
    Host from = end.host;
    Host to = end.other().host;
    int framed = parcel.bytes().length + PeerHandshake.around(parcel.bytes().length).total();
    Breakdown bytes = parcel.breakdown();
    if (world.options().hasHeaders()) {
      bytes =
          bytes.plus(PeerHandshake.around(parcel.bytes().length)).plus(TcpHeaders.around(framed));
    }
    long now = world.queue().nowMicros();
    long begin = Math.max(now, from.upFreeMicros);
    Repeats repeats = repeats(from, to, TcpHeaders.segments(framed));
    for (int i = 0; i < repeats.segments(); i++) {
      counted(from, REPEATED_SEGMENT);
      world.ledger().lost(headed(REPEATED_SEGMENT));
    }
    long gone = begin + Link.microsFor(bytes.total(), from.link().upBitsPerSecond());
    from.upFreeMicros = gone;
    world.ledger().sent(from.options.role(), bytes);
    from.carried(bytes, begin, gone);
    world.note("sent", from.id(), to.id(), bytes.total(), parcel.about());
    long down = Link.microsFor(bytes.total(), to.link().downBitsPerSecond());
    long arrival = gone + oneWay(from, to) + down + repeats.micros();
    arrival = Math.max(arrival, end.lastArrivalMicros);
    end.lastArrivalMicros = arrival;
    world.departed();
    world.queue().schedule(arrival, arriving(end, parcel, bytes), framed);
  }

  void close(StreamEnd end) {
    Host from = end.host;
    StreamEnd other = end.other();
    end.shut();
    counted(from, TcpHeaders.CLOSE);
    Breakdown closing = headed(TcpHeaders.CLOSE);
    world.departed();
    world
        .queue()
        .schedule(
            Math.max(world.queue().nowMicros() + oneWay(from, other.host), end.lastArrivalMicros),
            unused -> {
              world.arrived();
              if (!other.isOpen()) {
                world.ledger().lost(closing);
                return;
              }
              received(other.host, closing);
              counted(other.host, TcpHeaders.CLOSE);
              receivedOrLost(from, TcpHeaders.CLOSE);
              ended(other);
            },
            0);
  }

  /** A machine is gone: its connections end here, and elsewhere when the silence is noticed. */
  void drop(Host host) {
    for (StreamEnd end : new ArrayList<>(host.connections)) {
      end.shut();
      StreamEnd other = end.other();
      if (other.isOpen()) {
        world
            .queue()
            .schedule(
                world.queue().nowMicros() + SILENCE_MICROS,
                unused -> {
                  if (other.isOpen()) {
                    ended(other);
                  }
                },
                0);
      }
    }
  }

  private Event failing(Host from, Host to) {
    return session -> {
      world.arrived();
      if (from.isOnline() && from.sessionNumber() == session) {
        from.actor().onDialFailed(to.id());
        from.settle();
      }
    };
  }

  private Event standing(Host from, Host to, long sessionThere) {
    return session -> {
      world.arrived();
      boolean isHere = from.isOnline() && from.sessionNumber() == session;
      boolean isThere = to.isOnline() && to.sessionNumber() == sessionThere;
      exchanged(from, to, isHere && isThere);
      if (isHere && isThere) {
        StreamEnd dialler = StreamEnd.pair(this, from, to);
        to.actor().onConnected(dialler.other());
        to.settle();
        from.actor().onConnected(dialler);
        from.settle();
      } else if (isHere) {
        from.actor().onDialFailed(to.id());
        from.settle();
      }
    };
  }

  /** The talk before the first byte of a protocol, in three packets with data each way. */
  private void exchanged(Host from, Host to, boolean arrives) {
    Breakdown up = TcpHeaders.OPEN_UP.plus(PeerHandshake.UP).plus(PeerHandshake.STREAM_UP);
    Breakdown down = TcpHeaders.OPEN_DOWN.plus(PeerHandshake.DOWN).plus(PeerHandshake.STREAM_DOWN);
    if (world.options().withIdentify()) {
      up = up.plus(PeerHandshake.IDENTIFY_UP);
      down = down.plus(PeerHandshake.IDENTIFY_DOWN);
    }
    for (int i = 0; i < SETUP_ROUND_TRIPS; i++) {
      up = up.plus(TcpHeaders.ACK);
      down = down.plus(TcpHeaders.ACK);
    }
    counted(from, up);
    counted(to, down);
    if (arrives) {
      received(to, headed(up));
      received(from, headed(down));
    } else {
      world.ledger().lost(headed(up));
      world.ledger().lost(headed(down));
    }
  }

  private Event arriving(StreamEnd end, Parcel parcel, Breakdown bytes) {
    StreamEnd other = end.other();
    return framed -> {
      world.arrived();
      Host to = other.host;
      if (!other.isOpen()) {
        world.ledger().lost(bytes);
        world.note("lost", end.host.id(), to.id(), bytes.total(), parcel.about());
        return;
      }
      received(to, bytes);
      world.note("received", end.host.id(), to.id(), bytes.total(), parcel.about());
      acknowledge(other, (int) framed);
      to.actor().onBytes(other, parcel.bytes());
      to.settle();
    };
  }

  private void acknowledge(StreamEnd reader, int framed) {
    Breakdown back = TcpHeaders.acknowledging(framed);
    int updates = PeerHandshake.windowUpdates(reader.bytesRead, reader.bytesRead + framed);
    reader.bytesRead += framed;
    for (int i = 0; i < updates; i++) {
      back = back.plus(PeerHandshake.WINDOW_UPDATE).plus(TcpHeaders.ACK);
    }
    counted(reader.host, back);
    receivedOrLost(reader.other().host, back);
  }

  private void ended(StreamEnd end) {
    end.shut();
    end.host.actor().onDisconnected(end);
    end.host.settle();
  }

  /** Segments that got lost and went again, and what that delays. */
  private record Repeats(int segments, long micros) {}

  private Repeats repeats(Host from, Host to, int segments) {
    double loss = 1 - (1 - from.link().loss()) * (1 - to.link().loss());
    int again = 0;
    for (int i = 0; loss > 0 && i < segments; i++) {
      if (losses.happens(loss)) {
        again++;
      }
    }
    return new Repeats(again, again == 0 ? 0 : RETRANSMISSION_MICROS);
  }

  private long oneWay(Host from, Host to) {
    return from.link().latencyMicros(latencies)
        + (long) (1e3 * world.options().coreLatencyMillis())
        + to.link().latencyMicros(latencies);
  }

  /** Without headers, nothing that only they are made of is sent at all. */
  private Breakdown headed(Breakdown bytes) {
    return world.options().hasHeaders() ? bytes : Breakdown.NONE;
  }

  private void counted(Host by, Breakdown bytes) {
    long now = world.queue().nowMicros();
    world.ledger().sent(by.options.role(), headed(bytes));
    by.carried(headed(bytes), now, now);
  }

  private void received(Host by, Breakdown bytes) {
    long now = world.queue().nowMicros();
    world.ledger().received(by.options.role(), bytes);
    by.carried(bytes, now, now);
  }

  private void receivedOrLost(Host by, Breakdown bytes) {
    if (by.isOnline()) {
      received(by, headed(bytes));
    } else {
      world.ledger().lost(headed(bytes));
    }
  }
}
