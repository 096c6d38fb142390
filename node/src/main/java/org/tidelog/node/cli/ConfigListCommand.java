package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog config list}. */
@Command(
    name = "list",
    description = "Print all settings.",
    customSynopsis = "tidelog config list",
    footer = {"", "Examples:", "  tidelog config list --json"})
final class ConfigListCommand implements Action {
  @Override
  public void run(Context context) {
    context
        .tidelog()
        .settings()
        .all()
        .forEach((key, value) -> ConfigLines.print(key, value, context.output()));
  }
}
