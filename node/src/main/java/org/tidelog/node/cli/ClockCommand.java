package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog clock}. */
@Command(
    name = "clock",
    description = "Say whether the clock is trusted, or that it is right.",
    subcommands = {ClockStatusCommand.class, ClockConfirmCommand.class},
    footer = {
      "",
      "A clock that moved by more than a day since the last command, or while one ran, may be wrong."
          + " Until two",
      "other devices whose news is fetched agree with it, or you do, nothing expires here. A device"
          + " that was off for",
      "some days is in that state too.",
      "",
      "Examples:",
      "  tidelog clock status",
      "  tidelog clock confirm"
    })
final class ClockCommand {}
