package org.tidelog.sim.network;

/** What a machine on the network is: somebody's device, or one that only helps. */
public enum Role {
  DEVICE,
  HELPER
}
