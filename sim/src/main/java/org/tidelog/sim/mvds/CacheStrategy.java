package org.tidelog.sim.mvds;

import java.util.List;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Strategy;
import org.tidelog.sim.world.Topic;

/**
 * MVDS in batch mode beside a highly available cache, as Vac's post has it: what a device sends for
 * the first time it also leaves at the cache, where the recipient asks for it when online.
 */
public final class CacheStrategy implements Strategy {
  public static final String NAME = "mvds-cache";

  private final MvdsOptions options;
  private final int devices;

  /** The cache is the machine after {@code devices} devices. */
  public CacheStrategy(MvdsOptions options, int devices) {
    this.options = options;
    this.devices = devices;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int helpers() {
    return 1;
  }

  @Override
  public Actor actor(Device device, List<Topic> topics) {
    return device.id() < devices
        ? new CachedMvdsActor(device, topics, options, devices)
        : new CacheActor(device, options.settings().numbering());
  }
}
