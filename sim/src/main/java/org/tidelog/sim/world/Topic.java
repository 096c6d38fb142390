package org.tidelog.sim.world;

import java.util.List;

/** A set of devices that write to each other. */
public record Topic(int id, List<Integer> members) {
  public Topic {
    members = List.copyOf(members);
    if (members.size() < 2) {
      throw new IllegalArgumentException("members: " + members.size());
    }
  }

  /** The device's place among the members; below 0 if it is none. */
  public int place(int device) {
    // Members are mostly numbered one after the other.
    int guess = device - members.get(0);
    return guess >= 0 && guess < members.size() && members.get(guess) == device
        ? guess
        : members.indexOf(device);
  }
}
