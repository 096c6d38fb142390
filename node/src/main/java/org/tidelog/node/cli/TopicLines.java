package org.tidelog.node.cli;

import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Table;
import org.tidelog.node.cli.output.Table.Cell;
import org.tidelog.node.cli.output.Words;

/** How topics are shown. */
final class TopicLines {
  private TopicLines() {}

  static void print(List<Topic> topics, Output output) {
    if (output.json()) {
      topics.forEach(topic -> output.line(fields(topic)));
    } else if (topics.isEmpty()) {
      output.line("No topics yet.");
    } else {
      table(topics).printTo(output);
    }
  }

  private static Fields fields(Topic topic) {
    return new Fields()
        .with("topic", topic.label())
        .with("topicId", topic.id().map(id -> id.hex()))
        .with("name", topic.name().map(IpnsName::text))
        .with("open", topic.open())
        .with("logs", topic.logs().stream().map(IpnsName::text).toList());
  }

  private static String kind(Topic topic) {
    if (topic.name().isEmpty()) {
      return "followed";
    }
    return topic.open() ? "open" : "private";
  }

  private static Table table(List<Topic> topics) {
    Table table = new Table();
    table.heading(
        Cell.of("topic"), Cell.of("kind"), Cell.number("logs"), Cell.of("this device's log"));
    for (Topic topic : topics) {
      table.row(
          Cell.of(Printable.line(topic.label()), Ink.NAME),
          Cell.of(kind(topic)),
          Cell.number(Words.number(topic.logs().size())),
          Cell.of(topic.name().map(IpnsName::text).orElse("none"), Ink.DIM));
    }
    return table;
  }
}
