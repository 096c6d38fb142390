package org.tidelog.node.cli;

import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog topic continue}. */
@Command(
    name = "continue",
    description = "Choose which log this device's log, which has not begun, is to continue.",
    customSynopsis = "tidelog topic continue TOPIC NAME",
    footer = {
      "",
      "For a device that was made with 'init --recover', where several logs name its recovery key.",
      "The old log has to be here, and nothing may have been written in the new one.",
      "",
      "Examples:",
      "  tidelog topic continue trip k51qzi5uqu5d…"
    })
final class TopicContinueCommand implements Action {
  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The name of the old log.")
  String name = "";

  @Override
  public void run(Context context) {
    Tidelog tidelog = context.tidelog();
    Topic wanted = tidelog.target(topic).topic();
    Target old = tidelog.target(name);
    IpnsName log =
        old.name()
            .orElseThrow(
                () ->
                    CommandFailure.of(
                        ErrorKind.USAGE,
                        "topic continue: " + name + " is a topic, not the name of a log",
                        "tidelog topic list --json"));
    wanted.continueFrom(log);
    print(wanted, log, context.output());
  }

  private static void print(Topic topic, IpnsName old, Output output) {
    if (output.json()) {
      output.line(
          new Fields()
              .with("topic", topic.label())
              .with("name", topic.name().map(IpnsName::text))
              .with("continues", old.text()));
    } else {
      output.line(
          "What this device writes in "
              + Printable.line(topic.label())
              + " will continue "
              + old.text()
              + ".");
    }
  }
}
