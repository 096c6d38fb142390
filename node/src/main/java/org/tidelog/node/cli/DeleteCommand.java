package org.tidelog.node.cli;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.node.DeleteReport;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog delete}. */
@Command(
    name = "delete",
    description =
        "Delete payloads of this device's log, here and wherever the deletion is fetched.",
    customSynopsis = "tidelog delete TOPIC SEQ…",
    footer = {
      "",
      "The entries stay in the chain, without what they said. Others keep what they copied"
          + " elsewhere.",
      "",
      "Examples:",
      "  tidelog delete trip 12",
      "  tidelog delete trip 12 13 20"
    })
final class DeleteCommand implements Action {
  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SEQ",
      description = "Positions of entries, as 'read --json' shows them.")
  List<Long> seqs = new ArrayList<>();

  @Override
  public void run(Context context) {
    Topic target = context.tidelog().target(topic).topic();
    DeleteReport report = target.delete(seqs);
    Output output = context.output();
    if (output.json()) {
      output.line(
          new Fields()
              .with("topic", target.label())
              .with("name", report.name().text())
              .with("entries", report.entries())
              .with("bytes", report.bytes()));
    } else {
      output.line(
          "Deleted "
              + Words.count(report.entries(), "payload", "payloads")
              + " ("
              + Words.bytes(report.bytes())
              + ") of "
              + Printable.line(target.label())
              + ".");
    }
    output.flush();
    output.note("Others learn of it with the next 'tidelog publish'.");
  }
}
