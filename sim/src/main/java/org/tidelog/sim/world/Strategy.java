package org.tidelog.sim.world;

import java.util.List;

/** A way of getting messages to those who shall have them: what a run compares with others. */
public interface Strategy {
  /** As scenarios and tables have it: {@code mvds-batch}. */
  String name();

  /** How many helpers it needs; they are always online, and numbered after the devices. */
  default int helpers() {
    return 0;
  }

  /** Called once a device and once a helper, in order; {@code topics} are those it is in. */
  Actor actor(Device device, List<Topic> topics);
}
