package org.tidelog.node.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog config set}. */
@Command(
    name = "set",
    description = "Remember a setting.",
    customSynopsis = "tidelog config set KEY VALUE…",
    footer = {
      "",
      "Examples:",
      "  tidelog config set mirror /media/stick/mirror",
      "  tidelog config set mirror /srv/mirror /media/stick/mirror",
      "  tidelog config set mirror kubo:http://127.0.0.1:5001",
      "  tidelog config set mirror /srv/mirror gateway:https://example.org kubo:http://[::1]:5001"
    })
final class ConfigSetCommand implements Action {
  @Parameters(index = "0", paramLabel = "KEY", description = "The setting.")
  String key = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "VALUE",
      description = "Its value; a mirror may have several layers.")
  List<String> values = new ArrayList<>();

  @Override
  public void run(Context context) {
    context.tidelog().settings().set(key, String.join("\n", values));
    String value = context.tidelog().settings().get(key).orElse("");
    ConfigLines.print(key, value, context.output());
  }
}
