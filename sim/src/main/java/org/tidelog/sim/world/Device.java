package org.tidelog.sim.world;

import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.network.Link;

/** What an actor can do, and see of its surroundings. Sending needs to be online. */
public interface Device {
  /** From 0; helpers come after devices. */
  int id();

  /** Virtual milliseconds since the run began. */
  long nowMillis();

  boolean isOnline();

  /** The link of the present or, when offline, the last session. */
  Link link();

  Occasion occasion();

  /** A stream of chance of this device's own, called {@code name}. */
  Chance chance(String name);

  /** Sends a datagram that may get lost, without anybody being told. */
  void sendDatagram(int to, Parcel parcel);

  /**
   * Dials; {@link Actor#onConnected} or {@link Actor#onDialFailed} follows, unless this device goes
   * offline before.
   */
  void dial(int to);

  /** Asks a service, over HTTPS; {@link Actor#onAnswer} follows with {@code tag}. */
  void call(Service service, Parcel request, long tag);

  /**
   * The application has a message. Told again, nothing happens but that it is counted.
   *
   * @param payload as received: it is compared with what was written
   */
  void deliver(int message, byte[] payload);

  /** Records of a protocol that were sent: for the columns of sends and acknowledgements. */
  void count(Counter counter, int many);

  /** Whether somebody wants to see the way of any message. */
  boolean isTracing();

  /** Whether it is this one. */
  boolean isTraced(int message);
}
