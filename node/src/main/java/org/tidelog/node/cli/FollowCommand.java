package org.tidelog.node.cli;

import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog follow}. */
@Command(
    name = "follow",
    description = "Follow a log, or the index of a topic, by its name.",
    customSynopsis = "tidelog follow NAME [--as TOPIC]",
    footer = {
      "",
      "Examples:",
      "  tidelog follow k51qzi5uqu5d…",
      "  tidelog follow k51qzi5uqu5d… --as trip"
    })
final class FollowCommand implements Action {
  @Parameters(paramLabel = "NAME", description = "The log's or index's name (k51…).")
  String name = "";

  @Option(
      names = "--as",
      paramLabel = "TOPIC",
      description = "The topic it is shown under (default: the first letters of the name).")
  @Nullable String label;

  @Override
  public void run(Context context) {
    IpnsName log = parse(name);
    Topic topic = context.tidelog().follow(log, label);
    Output output = context.output();
    if (output.json()) {
      output.line(new Fields().with("topic", topic.label()).with("name", log.text()));
    } else {
      output.line("Following " + log.text() + " as " + Printable.line(topic.label()) + ".");
    }
  }

  private static IpnsName parse(String name) {
    try {
      return IpnsName.parse(name);
    } catch (MalformedException e) {
      throw CommandFailure.of(
          ErrorKind.BAD_NAME,
          name + ": not the name of a log",
          "tidelog topic list, on the other device");
    }
  }
}
