package org.tidelog.sim.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.HttpsCosts;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.TcpHeaders;

/**
 * Carries calls to services over HTTPS. A device keeps a connection for as long as it is online;
 * later ones resume the TLS session.
 */
final class CallWire {
  private final World world;
  private final Chance latencies;

  /** The session in which a device last had a connection to a host, by both. */
  private final Map<Long, Long> connectedIn = new HashMap<>();

  CallWire(World world) {
    this.world = world;
    this.latencies = world.chance("call-latency", 0);
  }

  void call(Host from, Service service, Parcel request, long tag) {
    Host to = world.host(service.host());
    long session = from.sessionNumber();
    long now = world.queue().nowMicros();
    long oneWay =
        from.link().latencyMicros(latencies)
            + (long) (1e3 * world.options().coreLatencyMillis())
            + to.link().latencyMicros(latencies);
    long pair = (long) from.id() << 32 | to.id();
    Long before = connectedIn.put(pair, session);
    Breakdown up = https(request.breakdown(), HttpsCosts.aroundRequest(request.bytes().length));
    Breakdown opening = Breakdown.NONE;
    Breakdown opened = Breakdown.NONE;
    long setUp = 0;
    if (before == null || before != session) {
      // TCP and TLS, a round trip each; both closes.
      setUp = 4 * oneWay;
      opening = opening(before != null, true);
      opened = opening(before != null, false);
    }
    long gone =
        Math.max(now, from.upFreeMicros)
            + Link.microsFor(up.total(), from.link().upBitsPerSecond());
    from.upFreeMicros = gone;
    send(from, up.plus(opening), now, gone);
    send(to, opened, now, now);
    receive(to, up.plus(opening));
    receive(from, opened);
    world.note("sent", from.id(), to.id(), up.total(), request.about());
    Parcel answer = service.answer(request.bytes(), world.nowMillis());
    Breakdown down = https(answer.breakdown(), HttpsCosts.aroundAnswer(answer.bytes().length));
    long arrival =
        gone + setUp + 2 * oneWay + Link.microsFor(down.total(), from.link().downBitsPerSecond());
    send(to, down, now, now);
    world.departed();
    world.queue().schedule(arrival, unused -> arrived(from, down, session, tag, answer.bytes()), 0);
  }

  private void arrived(Host from, Breakdown down, long session, long tag, byte[] answer) {
    world.arrived();
    if (!from.isOnline() || from.sessionNumber() != session) {
      world.ledger().lost(down);
      return;
    }
    receive(from, down);
    from.actor().onAnswer(tag, Optional.of(answer));
    from.settle();
  }

  private Breakdown https(Breakdown body, Breakdown around) {
    if (!world.options().hasHeaders()) {
      return body;
    }
    Breakdown framed = body.plus(around);
    return framed.plus(TcpHeaders.around(framed.total()));
  }

  private Breakdown opening(boolean isResumed, boolean isUp) {
    if (!world.options().hasHeaders()) {
      return Breakdown.NONE;
    }
    Breakdown tcp = isUp ? TcpHeaders.OPEN_UP : TcpHeaders.OPEN_DOWN;
    Breakdown tls =
        isResumed
            ? isUp ? HttpsCosts.RESUMED_UP : HttpsCosts.RESUMED_DOWN
            : isUp ? HttpsCosts.FIRST_UP : HttpsCosts.FIRST_DOWN;
    return tcp.plus(tls).plus(TcpHeaders.around(tls.total())).plus(TcpHeaders.CLOSE);
  }

  private void send(Host by, Breakdown bytes, long fromMicros, long toMicros) {
    world.ledger().sent(by.options.role(), bytes);
    by.carried(bytes, fromMicros, toMicros);
  }

  private void receive(Host by, Breakdown bytes) {
    world.ledger().received(by.options.role(), bytes);
    by.carried(bytes, world.queue().nowMicros(), world.queue().nowMicros());
  }
}
