package org.tidelog.node.cli;

import java.util.List;
import org.tidelog.node.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog topic create}. */
@Command(
    name = "create",
    description = "Make a topic, with a log of this device in it.",
    customSynopsis = "tidelog topic create NAME [--open]",
    footer = {"", "Examples:", "  tidelog topic create trip", "  tidelog topic create news --open"})
final class TopicCreateCommand implements Action {
  @Parameters(paramLabel = "NAME", description = "What the topic is called on this device.")
  String name = "";

  @Option(names = "--open", description = "Anyone who knows a log's name can read it.")
  boolean open;

  @Override
  public void run(Context context) {
    Topic topic = context.tidelog().createTopic(name, open);
    TopicLines.print(List.of(topic), context.output());
  }
}
