package org.tidelog.node.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelog.node.cli.output.Failure;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in two lines instead of a page. */
final class Usage {
  /** How the parser says what a converter refused. */
  private static final Pattern INVALID =
      Pattern.compile(
          "Invalid value for (option '|positional parameter at index [^(]*\\()(?<name>[^')]+)"
              + "['\\)][^:]*: (?<why>.*)",
          Pattern.DOTALL);

  private Usage() {}

  static Failure of(ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    return Failures.usage(what(e.getCommandLine()) + ": " + why(e), hint(e, name));
  }

  static Failure commandMissing(CommandLine command) {
    String names = String.join(", ", command.getSubcommands().keySet());
    String name = command.getCommandSpec().qualifiedName();
    return Failures.usage(what(command) + ": say what to do: " + names, name + " --help");
  }

  /** The words after the program's name, which is said already. */
  private static String what(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    int space = name.indexOf(' ');
    return space < 0 ? "usage" : name.substring(space + 1);
  }

  private static String why(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().get(0);
      if (unmatched.isUnknownOption()) {
        return "there is no option '" + first + "'";
      }
      boolean expectsCommand = !e.getCommandLine().getSubcommands().isEmpty();
      return expectsCommand
          ? "there is no command '" + first + "'"
          : "'" + first + "' is one word too many";
    }
    String message = String.valueOf(e.getMessage());
    Matcher invalid = INVALID.matcher(message);
    if (invalid.matches()) {
      return invalid.group("name") + ": " + invalid.group("why");
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String hint(ParameterException e, String name) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        return name + " " + suggestions.get(0);
      }
      if (unmatched.isUnknownOption()) {
        return name + " --help, or -- before a text that begins with a dash";
      }
    }
    return name + " --help";
  }
}
