package org.tidelog.node.cli;

import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;

/** How settings are shown. */
final class ConfigLines {
  private ConfigLines() {}

  static void print(String key, String value, Output output) {
    if (output.json()) {
      output.line(new Fields().with("key", key).with("value", value));
    } else {
      value.lines().forEach(line -> output.line(key + " = " + Printable.line(line)));
    }
  }
}
