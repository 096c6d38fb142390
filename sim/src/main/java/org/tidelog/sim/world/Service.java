package org.tidelog.sim.world;

/** A service on the Internet, such as content-addressed storage or a name system. */
public interface Service {
  /** The helper it runs on. */
  int host();

  /** Answers at once; what it takes to get there and back is the network's affair. */
  Parcel answer(byte[] request, long nowMillis);
}
