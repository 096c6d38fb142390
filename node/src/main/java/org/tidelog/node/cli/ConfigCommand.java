package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog config}: says what it can do. */
@Command(
    name = "config",
    description = "Show and change what this home remembers.",
    customSynopsis = "tidelog config get|set|list [KEY] [VALUE]",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  tidelog config list",
      "  tidelog config set mirror /media/stick/mirror"
    },
    subcommands = {ConfigGetCommand.class, ConfigSetCommand.class, ConfigListCommand.class})
final class ConfigCommand {}
