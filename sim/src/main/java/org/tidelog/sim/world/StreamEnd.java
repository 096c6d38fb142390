package org.tidelog.sim.world;

/** One end of a connection, as the wire keeps it. */
final class StreamEnd implements Connection {
  final Host host;
  private final StreamWire wire;
  private final Host remote;
  private final boolean isInitiator;
  private boolean isOpen = true;

  /** The other end; the two are made together. */
  private StreamEnd other;

  /** Bytes of a stream do not overtake each other. */
  long lastArrivalMicros;

  /** How much was read here: what window updates depend on. */
  long bytesRead;

  private StreamEnd(StreamWire wire, Host host, Host remote, boolean isInitiator) {
    this.wire = wire;
    this.host = host;
    this.remote = remote;
    this.isInitiator = isInitiator;
    this.other = this;
  }

  /** The dialling end of a new connection. */
  static StreamEnd pair(StreamWire wire, Host dialler, Host dialled) {
    StreamEnd first = new StreamEnd(wire, dialler, dialled, true);
    StreamEnd second = new StreamEnd(wire, dialled, dialler, false);
    first.other = second;
    second.other = first;
    dialler.connections.add(first);
    dialled.connections.add(second);
    return first;
  }

  StreamEnd other() {
    return other;
  }

  @Override
  public int remote() {
    return remote.id();
  }

  @Override
  public boolean isInitiator() {
    return isInitiator;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void send(Parcel parcel) {
    if (isOpen) {
      wire.send(this, parcel);
    }
  }

  @Override
  public void close() {
    if (isOpen) {
      wire.close(this);
    }
  }

  /** Ends it on this side alone. */
  void shut() {
    isOpen = false;
    host.connections.remove(this);
  }
}
