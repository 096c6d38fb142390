package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog topic}: says what it can do. */
@Command(
    name = "topic",
    description = "Make, list, share, join and continue topics.",
    customSynopsis = "tidelog topic create|list|share|join|continue …",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  tidelog topic create trip",
      "  tidelog topic share trip",
      "  tidelog topic join INVITATION --as trip"
    },
    subcommands = {
      TopicCreateCommand.class,
      TopicListCommand.class,
      TopicShareCommand.class,
      TopicJoinCommand.class,
      TopicContinueCommand.class
    })
final class TopicCommand {}
