package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog topic list}. */
@Command(
    name = "list",
    description = "List the topics this device knows.",
    customSynopsis = "tidelog topic list",
    footer = {"", "Examples:", "  tidelog topic list", "  tidelog topic list --json"})
final class TopicListCommand implements Action {
  @Override
  public void run(Context context) {
    TopicLines.print(context.tidelog().topics(), context.output());
  }
}
