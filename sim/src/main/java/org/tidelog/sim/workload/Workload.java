package org.tidelog.sim.workload;

import java.util.List;
import org.tidelog.sim.world.Topic;

/** Makes the devices of a world write. */
public interface Workload {
  /** Devices are numbered from 0, in all topics together. */
  List<Topic> topics();

  /** Hooks itself into a world whose devices are there, before any time has passed. */
  void begin(Press press);

  /** When the last message will have been written, at the latest. */
  long endMillis();

  default int devices() {
    return topics().stream()
            .flatMap(topic -> topic.members().stream())
            .mapToInt(Integer::intValue)
            .max()
            .orElse(-1)
        + 1;
  }
}
