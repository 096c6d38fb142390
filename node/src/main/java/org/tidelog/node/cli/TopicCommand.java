package org.tidelog.node.cli;

import picocli.CommandLine.Command;

/** {@code tidelog topic}: says what it can do. */
@Command(
    name = "topic",
    description = "Make, list, share and join topics.",
    customSynopsis = "tidelog topic create|list|share|join …",
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
      TopicJoinCommand.class
    })
final class TopicCommand {}
