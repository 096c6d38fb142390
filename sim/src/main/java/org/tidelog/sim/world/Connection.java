package org.tidelog.sim.world;

/** One end of a connection: reliable and in order while both ends are online. */
public interface Connection {
  int remote();

  boolean isInitiator();

  boolean isOpen();

  /** Sends one write's worth; nothing happens when the connection is closed. */
  void send(Parcel parcel);

  /** Says goodbye; the other end is told. */
  void close();
}
