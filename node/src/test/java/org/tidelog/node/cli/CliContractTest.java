package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.ErrorKind;
import picocli.CommandLine;

/** Checks {@code docs/cli.md} against the program. */
final class CliContractTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z]*");

  /** In the fields' column, but values, or fields that only some lines have. */
  private static final Set<String> NOT_ALWAYS =
      Set.of(
          "base64",
          "state",
          "kind",
          "root",
          "error",
          "continues",
          "continuesProved",
          "renewalPending",
          "renewed",
          "renewedBecause");

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeADevice() {
    cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
  }

  @Test
  void hasEveryCommandOfThePageAndNoOther() throws IOException {
    Set<String> documented = new TreeSet<>(commandTable().keySet());
    Set<String> existing = new TreeSet<>(leaves(CommandLines.create(new TidelogCommand()), ""));

    assertThat(existing).isEqualTo(documented);
  }

  @Test
  void printsEveryFieldOfThePage() throws IOException {
    Map<String, Set<String>> table = commandTable();
    Map<String, Cli.Result> runs = runs();

    runs.forEach(
        (command, run) -> assertThat(fieldsOf(run)).as(command).containsAll(table.get(command)));
    Set<String> undone = new TreeSet<>(table.keySet());
    undone.removeAll(runs.keySet());
    assertThat(undone).containsExactly("completion");
  }

  @Test
  void exitsAsThePageSays() throws IOException {
    Map<Integer, String> codes = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      MatchResult row =
          Pattern.compile("\\| ([0-9]+) \\| (.*) \\|")
              .matcher(line)
              .results()
              .findFirst()
              .orElse(null);
      if (row != null) {
        codes.put(Integer.parseInt(row.group(1)), row.group(2));
      }
    }

    assertThat(codes.keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6, 130);
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(codes).containsKey(kind.exitCode());
    }
    assertThat(ErrorKind.LOCKED.exitCode()).isEqualTo(ExitCodes.LOCKED);
    assertThat(ErrorKind.NO_SPACE.exitCode()).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(ErrorKind.USAGE.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(ExitCodes.graver(ExitCodes.INCOMPLETE, ExitCodes.WRONG_DATA))
        .isEqualTo(ExitCodes.WRONG_DATA);
    assertThat(ExitCodes.graver(ExitCodes.WRONG_DATA, ExitCodes.INCOMPLETE))
        .isEqualTo(ExitCodes.WRONG_DATA);
    assertThat(ExitCodes.graver(ExitCodes.DONE, ExitCodes.FAILED)).isEqualTo(ExitCodes.FAILED);
  }

  @Test
  void takesGlobalOptionsBeforeAndAfterTheCommand() throws IOException {
    cli.json("init", "--no-passphrase");
    Path home = cli.home();
    Cli elsewhere = new Cli(folder.resolve("nowhere"), folder.resolve("mirror"));

    Cli.Result before = elsewhere.run("--home", home.toString(), "--json", "topic", "create", "a");
    Cli.Result between = elsewhere.run("topic", "--home", home.toString(), "--json", "create", "b");
    Cli.Result after = elsewhere.run("topic", "create", "c", "--json", "--home=" + home);

    assertThat(List.of(before, between, after))
        .allSatisfy(result -> assertThat(result.object()).containsKey("topicId"));
    Cli.Result twice =
        elsewhere.run("--json", "topic", "list", "--json", "--json", "--home=" + home);
    assertThat(twice.json()).hasSize(3);
    assertThat(twice.err()).isEmpty();
    for (String option : globalOptions()) {
      assertThat(CommandLines.create(new TidelogCommand()).getCommandSpec().findOption(option))
          .as(option)
          .isNotNull();
    }
  }

  @Test
  void printsNothingButJson() throws IOException {
    runs().values().forEach(run -> assertThat(run.json()).isNotEmpty());
  }

  private Map<String, Cli.Result> runs() throws IOException {
    Path lines = Files.writeString(folder.resolve("lines"), "a\nb\n");
    Path chat =
        Files.writeString(folder.resolve("chat"), "[10:00] <kim> hi\n[10:01] <lee> hello\n");
    Map<String, Cli.Result> runs = new LinkedHashMap<>();
    runs.put("init", cli.json("init", "--no-passphrase"));
    runs.put("topic create", cli.json("topic", "create", "trip"));
    runs.put("topic list", cli.json("topic", "list"));
    runs.put("topic share", cli.json("topic", "share", "trip"));
    runs.put("append", cli.json("append", "trip", "hello"));
    runs.put("import", cli.json("import", "trip", lines.toString(), "--format", "lines"));
    runs.put("publish", cli.json("publish", "--index"));
    runs.put("republish", cli.json("republish"));
    runs.put("doctor", cli.json("doctor", "trip"));
    runs.put("read", cli.json("read", "trip"));
    runs.put("cursor", cli.json("cursor", "trip", "mail"));
    runs.put("verify", cli.json("verify"));
    runs.put("status", cli.json("status"));
    String car = folder.resolve("trip.car").toString();
    runs.put("export", cli.json("export", "trip", car));
    runs.put("delete", cli.json("delete", "trip", "1"));
    runs.put("clock status", cli.json("clock", "status"));
    runs.put("clock confirm", cli.json("clock", "confirm"));
    runs.put("config set", cli.json("config", "set", "mirror", cli.mirror().toString()));
    runs.put("config get", cli.json("config", "get", "mirror"));
    runs.put("config list", cli.json("config", "list"));
    runs.put("demo", cli.json("demo", chat.toString()));
    String backup = folder.resolve("backup").toString();
    Path words = Files.writeString(folder.resolve("words"), "correct horse");
    String passphrase = "--backup-passphrase-file=" + words;
    runs.put("backup", cli.json("backup", backup, passphrase));
    Cli restored = new Cli(folder.resolve("restored"), folder.resolve("mirror"));
    runs.put("restore", restored.json("restore", backup, passphrase, "--no-passphrase"));
    String invitation = run(runs, "topic share").text("invitation");
    String name = run(runs, "append").text("name");
    Cli other = new Cli(folder.resolve("other"), folder.resolve("mirror"));
    other.json("init", "--no-passphrase");
    runs.put("import-car", other.json("import-car", car));
    runs.put("topic join", other.json("topic", "join", invitation));
    runs.put("follow", other.json("follow", name, "--as", "trip"));
    runs.put("fetch", other.json("fetch", name));
    Path phrase =
        Files.writeString(folder.resolve("phrase"), run(runs, "init").text("recoveryPhrase"));
    Cli again = new Cli(folder.resolve("again"), folder.resolve("mirror"));
    again.json("init", "--no-passphrase", "--recover", phrase.toString());
    again.json("topic", "join", invitation);
    again.json("fetch");
    runs.put("topic continue", again.json("topic", "continue", "trip", name));
    return runs;
  }

  private static Cli.Result run(Map<String, Cli.Result> runs, String command) {
    return Objects.requireNonNull(runs.get(command));
  }

  private static Set<String> fieldsOf(Cli.Result run) {
    return run.json().stream().flatMap(line -> line.keySet().stream()).collect(Collectors.toSet());
  }

  /** From each command of the page to the fields its lines always have. */
  private static Map<String, Set<String>> commandTable() throws IOException {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      inside = line.startsWith("| command |") || inside && line.startsWith("|");
      String[] cells = line.split("\\|");
      if (inside && cells.length > 3) {
        codes(cells[1]).forEach(command -> table.put(command, fields(cells[3])));
      }
    }
    return table;
  }

  private static Set<String> globalOptions() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `--"))
        .flatMap(line -> codes(line.split("\\|")[1]).stream())
        .map(option -> option.split(" ")[0])
        .collect(Collectors.toSet());
  }

  private static Set<String> fields(String cell) {
    return codes(cell).stream()
        .filter(code -> FIELD.matcher(code).matches() && !NOT_ALWAYS.contains(code))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  private static Set<String> leaves(CommandLine command, String path) {
    Set<String> leaves = new LinkedHashSet<>();
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              String full = path.isEmpty() ? name : path + " " + name;
              leaves.addAll(sub.getSubcommands().isEmpty() ? Set.of(full) : leaves(sub, full));
            });
    return leaves;
  }
}
