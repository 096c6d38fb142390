package org.tidelog.node.cli;

import org.tidelog.node.Invitation;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog topic share}. */
@Command(
    name = "share",
    description = "Print an invitation to a topic.",
    customSynopsis = "tidelog topic share TOPIC",
    footer = {
      "",
      "The invitation is a bearer secret: whoever has it can read and write the topic, for good.",
      "",
      "Examples:",
      "  tidelog topic share trip",
      "  tidelog topic share trip | ssh kim@laptop tidelog topic join -"
    })
final class TopicShareCommand implements Action {
  @Parameters(paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Override
  public void run(Context context) {
    Topic shared = context.tidelog().target(topic).topic();
    Invitation invitation = shared.invitation();
    Output output = context.output();
    if (output.json()) {
      output.line(new Fields().with("topic", shared.label()).with("invitation", invitation.text()));
    } else {
      output.line(invitation.text());
    }
    output.flush();
    output.note("Whoever has this invitation can read and write the topic, for good.");
  }
}
