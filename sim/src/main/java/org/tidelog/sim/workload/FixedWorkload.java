package org.tidelog.sim.workload;

import java.util.List;
import org.tidelog.sim.world.Topic;

/** The first device of each topic writes so many messages, one after the other. */
public final class FixedWorkload implements Workload {
  private final List<Topic> topics;
  private final int messages;
  private final long intervalMillis;

  public FixedWorkload(List<Topic> topics, int messages, long intervalMillis) {
    this.topics = List.copyOf(topics);
    this.messages = messages;
    this.intervalMillis = intervalMillis;
  }

  @Override
  public List<Topic> topics() {
    return topics;
  }

  @Override
  public void begin(Press press) {
    for (Topic topic : topics) {
      for (int i = 0; i < messages; i++) {
        press.at(i * intervalMillis, unused -> press.write(topic, topic.members().get(0)), 0);
      }
    }
  }

  @Override
  public long endMillis() {
    return (messages - 1) * intervalMillis + 1;
  }
}
