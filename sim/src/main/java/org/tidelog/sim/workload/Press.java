package org.tidelog.sim.workload;

import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.kernel.Event;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Topic;
import org.tidelog.sim.world.World;

/** Makes messages: numbers them, and draws their sizes. */
public final class Press {
  private final World world;
  private final long seed;
  private final Sizes sizes;
  private final Chance chance;
  private int next;

  public Press(World world, long seed, Sizes sizes) {
    this.world = world;
    this.seed = seed;
    this.sizes = sizes;
    this.chance = Chance.of(seed, "sizes", 0);
  }

  World world() {
    return world;
  }

  Chance chance(String name, long index) {
    return Chance.of(seed, name, index);
  }

  /** Lets {@code event} happen then. */
  void at(long millis, Event event, long argument) {
    world.queue().schedule(millis * 1_000, event, argument);
  }

  /** Lets the device write now. */
  void write(Topic topic, int sender) {
    write(topic, sender, sizes.draw(chance));
  }

  /** Lets the device write something of {@code bytes} now. */
  void write(Topic topic, int sender, int bytes) {
    int size = Math.max(Message.BYTES_MIN, bytes);
    world.write(new Message(next++, topic, sender, world.nowMillis(), size, seed));
  }
}
