package org.tidelog.sim.logs;

import java.util.List;
import java.util.Optional;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Strategy;
import org.tidelog.sim.world.Topic;

/** Logs, by one path or several: one object a run. */
public final class LogStrategy implements Strategy {
  private final Paths paths;
  private final LogOptions options;
  private final int devices;
  private final Chatter chatter = new Chatter();
  private final Optional<MirrorService> mirror;

  /**
   * Logs in a run of so many devices; a helper's number comes after theirs.
   *
   * @param options how, on whatever paths
   */
  public LogStrategy(Paths paths, LogOptions options, int devices) {
    this.paths = paths;
    this.options = options;
    this.devices = devices;
    this.mirror =
        paths.hasRemoteLog()
            ? Optional.of(new MirrorService(devices, new Itemising(options.isSealed())))
            : Optional.empty();
  }

  @Override
  public String name() {
    return paths.word();
  }

  @Override
  public int helpers() {
    return mirror.isPresent() ? 1 : 0;
  }

  @Override
  public Actor actor(Device device, List<Topic> topics) {
    if (device.id() >= devices) return new Actor() {}; // It only answers calls.
    return new LogActor(device, topics, options, paths.policy(options), chatter, mirror);
  }
}
