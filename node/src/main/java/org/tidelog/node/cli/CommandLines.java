package org.tidelog.node.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tidelog.node.cli.CompletionCommand.Shell;
import org.tidelog.node.cli.Globals.Colour;
import org.tidelog.node.cli.imports.ImportFormat;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Sets the parser and the help up. */
final class CommandLines {
  private static final int HELP_COLUMNS = 100;

  private CommandLines() {}

  static CommandLine create(TidelogCommand root) {
    CommandLine line = new CommandLine(root);
    // A text may begin with an at sign; it names a person, not a file of arguments.
    line.setExpandAtFiles(false);
    line.registerConverter(ImportFormat.class, new Choice<>(ImportFormat.values()));
    line.registerConverter(Colour.class, new Choice<>(Colour.values()));
    line.registerConverter(Shell.class, new Choice<>(Shell.values()));
    line.setUsageHelpWidth(HELP_COLUMNS);
    line.setUsageHelpLongOptionsMaxWidth(30);
    line.registerConverter(Duration.class, TimeWords::duration);
    line.registerConverter(Instant.class, TimeWords::instant);
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    line.getHelpSectionMap()
        .replace(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLines::options);
    line.getSubcommands().values().forEach(CommandLines::showOwnOptionsOnly);
    return line;
  }

  private static void showOwnOptionsOnly(CommandLine command) {
    command
        .getHelpSectionMap()
        .replace(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLines::ownOptions);
    command.getSubcommands().values().forEach(CommandLines::showOwnOptionsOnly);
  }

  private static String options(Help help) {
    return help.optionList();
  }

  /**
   * Every command has the global options; listing them in each help would hide the few of its own.
   */
  private static String ownOptions(Help help) {
    List<OptionSpec> own =
        help.commandSpec().options().stream().filter(option -> !option.inherited()).toList();
    String list =
        own.isEmpty()
            ? ""
            : String.format("Options:%n")
                + help.optionListExcludingGroups(
                    own, help.createDefaultLayout(), null, help.parameterLabelRenderer());
    return list + String.format("Options of every command: see 'tidelog --help'.%n");
  }
}
