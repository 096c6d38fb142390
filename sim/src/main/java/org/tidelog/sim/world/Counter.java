package org.tidelog.sim.world;

/** What actors count beside bytes. */
public enum Counter {
  /** A message was put into something that was sent, whether it arrives or not. */
  SENDS,
  /** An acknowledgement was. */
  ACKS,
  OFFERS,
  REQUESTS
}
