package org.tidelog.sim.workload;

import java.util.List;
import java.util.stream.IntStream;
import org.tidelog.sim.world.Topic;

/**
 * A chat that took place: everybody in it says again what they said, to all who ever said anything.
 */
public final class IrcWorkload implements Workload {
  private final IrcLog log;
  private final Topic topic;

  public IrcWorkload(IrcLog log) {
    this.log = log;
    this.topic = new Topic(0, IntStream.range(0, log.people()).boxed().toList());
  }

  @Override
  public List<Topic> topics() {
    return List.of(topic);
  }

  @Override
  public void begin(Press press) {
    for (IrcLog.Line line : log.lines()) {
      press.at(line.millis(), unused -> press.write(topic, line.person(), line.bytes()), 0);
    }
  }

  @Override
  public long endMillis() {
    return log.endMillis();
  }
}
