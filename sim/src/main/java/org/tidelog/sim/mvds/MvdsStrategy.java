package org.tidelog.sim.mvds;

import java.util.List;
import java.util.Locale;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.sim.world.Actor;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Strategy;
import org.tidelog.sim.world.Topic;

/** MVDS between devices alone, in one of its modes. */
public final class MvdsStrategy implements Strategy {
  private final Mode mode;
  private final MvdsOptions options;

  public MvdsStrategy(Mode mode, MvdsOptions options) {
    this.mode = mode;
    this.options = options;
  }

  @Override
  public String name() {
    return "mvds-" + mode.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Actor actor(Device device, List<Topic> topics) {
    return new MvdsActor(device, topics, mode, options);
  }
}
