package org.tidelog.sim.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tidelog.sim.world.Topic;

/** Topics of one size; each device is in one. */
public final class Groups {
  private Groups() {}

  /** {@code count} topics of {@code recipients} and the one who writes. */
  public static List<Topic> of(int count, int recipients) {
    List<Topic> topics = new ArrayList<>();
    int size = recipients + 1;
    for (int i = 0; i < count; i++) {
      topics.add(new Topic(i, IntStream.range(i * size, (i + 1) * size).boxed().toList()));
    }
    return topics;
  }
}
