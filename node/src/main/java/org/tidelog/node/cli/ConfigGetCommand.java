package org.tidelog.node.cli;

import org.tidelog.node.ErrorKind;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog config get}. */
@Command(
    name = "get",
    description = "Print one setting's value.",
    customSynopsis = "tidelog config get KEY",
    footer = {"", "Examples:", "  tidelog config get mirror"})
final class ConfigGetCommand implements Action {
  @Parameters(paramLabel = "KEY", description = "The setting.")
  String key = "";

  @Override
  public void run(Context context) {
    String value =
        context
            .tidelog()
            .settings()
            .get(key)
            .orElseThrow(
                () ->
                    CommandFailure.of(
                        ErrorKind.NOT_FOUND, key + ": not set", "tidelog config list"));
    Output output = context.output();
    if (output.json()) {
      ConfigLines.print(key, value, output);
    } else {
      output.line(value);
    }
  }
}
