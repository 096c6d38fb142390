package org.tidelog.sim.cli;

import picocli.CommandLine.Command;

/** {@code tidelog sim}. */
@Command(
    name = "sim",
    description = "Simulate many devices in virtual time, and count what it costs.",
    subcommands = {
      RunCommand.class,
      ListCommand.class,
      ShowCommand.class,
      CompareCommand.class,
      BudgetCommand.class
    })
final class SimCommand {}
