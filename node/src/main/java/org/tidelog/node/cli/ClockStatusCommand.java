package org.tidelog.node.cli;

import org.tidelog.node.DeviceStatus;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code tidelog clock status}. */
@Command(
    name = "status",
    description = "Say whether the clock is trusted.",
    customSynopsis = "tidelog clock status",
    footer = {"", "Examples:", "  tidelog clock status", "  tidelog clock status --json"})
final class ClockStatusCommand implements Action {
  @Override
  public void run(Context context) {
    show(context);
  }

  static void show(Context context) {
    DeviceStatus device = context.tidelog().status().device();
    Output output = context.output();
    if (output.json()) {
      output.line(
          new Fields()
              .with("clock", word(device))
              .with("time", context.now())
              .with("trustedTime", device.trustedTime()));
    } else {
      output.line(sentence(device));
    }
  }

  static String word(DeviceStatus device) {
    return device.clockConfirmed() ? "trusted" : "unconfirmed";
  }

  static String sentence(DeviceStatus device) {
    return device.clockConfirmed()
        ? "The clock is trusted."
        : "The clock has moved by more than a day since "
            + device.trustedTime()
            + ": nothing expires until others agree with it, or you say 'tidelog clock confirm'.";
  }
}
