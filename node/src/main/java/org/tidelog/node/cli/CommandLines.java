package org.tidelog.node.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.tidelog.node.DeliveryOrder;
import org.tidelog.node.cli.CompletionCommand.Shell;
import org.tidelog.node.cli.Globals.Colour;
import org.tidelog.node.cli.imports.ImportFormat;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** Sets the parser and the help up. */
final class CommandLines {
  private static final int HELP_COLUMNS = 100;

  private CommandLines() {}

  static CommandLine create(TidelogCommand root) {
    CommandLine line = new CommandLine(root);
    // A text may begin with an at sign; it names a person, not a file of arguments.
    line.setExpandAtFiles(false);
    line.registerConverter(ImportFormat.class, new Choice<>(ImportFormat.values()));
    line.registerConverter(ExportFormat.class, new Choice<>(ExportFormat.values()));
    line.registerConverter(Colour.class, new Choice<>(Colour.values()));
    line.registerConverter(Shell.class, new Choice<>(Shell.values()));
    // A script's wrapper may have said --json already; the last word counts.
    line.setOverwrittenOptionsAllowed(true);
    line.setUsageHelpWidth(HELP_COLUMNS);
    line.setUsageHelpLongOptionsMaxWidth(30);
    line.registerConverter(DeliveryOrder.class, new Choice<>(DeliveryOrder.values()));
    line.registerConverter(WantedRung.class, WantedRung::parse);
    line.registerConverter(Duration.class, TimeWords::duration);
    line.registerConverter(Instant.class, TimeWords::instant);
    line.registerConverter(LocalDate.class, TimeWords::day);
    registerNumbers(line);
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    line.getHelpSectionMap()
        .replace(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLines::options);
    line.getSubcommands().values().forEach(CommandLines::showOwnOptionsOnly);
    return line;
  }

  private static void registerNumbers(CommandLine line) {
    line.registerConverter(Long.class, CommandLines::number);
    line.registerConverter(Integer.class, text -> (int) Math.min(number(text), Integer.MAX_VALUE));
  }

  /** What is counted here is never below zero. */
  private static long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException("'" + text + "' is not a whole number from 0 on");
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
