package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|tidelog: usage: say what to do",
        "publsh|tidelog: usage: there is no command 'publsh'",
        "topic|tidelog: topic: say what to do",
        "topic mak x|tidelog: topic: there is no command 'mak'",
        "append|tidelog: append: missing required parameter",
        "append a b c|tidelog: append: 'c' is one word too many",
        "append a -x|tidelog: append: there is no option '-x'",
        "append a --ttl 5x|tidelog: append: --ttl: '5x' is not a length of time",
        "append a --ttl 0s|'0s' is not a length of time",
        "import a b|missing required option",
        "import a b --format xml|'xml' is none of irc, jsonl, lines",
        "import a b --format irc --date today|--date: 'today' is not a day",
        "import a b --format lines --author kim|--author and --date are for --format irc",
        "read a --last -1|tidelog: read: --last: '-1' is not a whole number",
        "delete a b|tidelog: delete: SEQ: 'b' is not a whole number",
        "read a --since yesterday|'yesterday' is not a time",
        "status --color blue|'blue' is none of auto, always, never",
        "follow nonsense|not the name of a log",
        "completion fish|'fish' is none of bash, zsh"
      })
  void answersWrongUsageInTwoLinesAndExits2(String args, String expected) {
    Cli.Result result = cli().run(args.isEmpty() ? new String[0] : args.split(" "));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.err()).contains(expected).startsWith("tidelog: ");
    assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void answersWrongUsageWithJsonToPrograms() {
    Cli.Result result = cli().run("append", "--json", "-x");

    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error ->
                assertThat(error).containsEntry("error", "usage").containsKeys("message", "hint"));
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    assertThat(cli().run("publsh").err()).endsWith("  try: tidelog publish\n");
  }

  @Test
  void helpsWithExamplesForEveryCommand() {
    for (CommandLine command : allCommands(CommandLines.create(new TidelogCommand()))) {
      String[] words = (command.getCommandSpec().qualifiedName() + " --help").split(" ");
      Cli.Result result = cli().run(List.of(words).subList(1, words.length).toArray(new String[0]));

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).contains("Usage: tidelog", "Examples:", "  tidelog ");
      assertThat(result.out().lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThan(101));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void saysItsVersion(String option) {
    assertThat(cli().run(option).out()).matches("tidelog [0-9]+[^$ ]*( \\([0-9a-f]+\\))?\n");
  }

  @Test
  void completesInTheShell() {
    String script = cli().run("completion", "bash").out();

    assertThat(script).contains("complete -F _complete_tidelog", "topic", "--max-bytes", "irc");
  }

  private Cli cli() {
    return new Cli(folder.resolve("home"), folder.resolve("mirror"));
  }

  private static List<CommandLine> allCommands(CommandLine root) {
    List<CommandLine> all = new java.util.ArrayList<>(List.of(root));
    root.getSubcommands().values().forEach(command -> all.addAll(allCommands(command)));
    return all;
  }
}
