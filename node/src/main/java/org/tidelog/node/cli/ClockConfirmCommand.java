package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog clock confirm}. */
@Command(
    name = "confirm",
    description = "Say that the clock is right: what has expired by it goes.",
    customSynopsis = "tidelog clock confirm",
    footer = {"", "Examples:", "  tidelog clock confirm", "  tidelog clock confirm --json"})
final class ClockConfirmCommand implements Action {
  @Override
  public void run(Context context) {
    context.tidelog().confirmClock();
    ClockStatusCommand.show(context);
  }
}
