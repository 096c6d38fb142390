package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.node.cli.BadInput.oneError;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files to import that are not what their format says. */
final class BadImportTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeAHome() {
    cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase", "--quiet");
    cli.json("topic", "create", "trip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{}",
        "",
        "{\"text\":5}",
        "{\"text\":\"a\"",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"a\",\"base64\":\"AA==\"}",
        "{\"base64\":\"!\"}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"a\",\"time\":\"yesterday\"}",
        "{\"text\":\"a\",\"time\":\"1969-12-31T23:59:59Z\"}",
        "{\"text\":\"a\",\"time\":\"+20000-01-01T00:00:00Z\"}"
      })
  void stopAtTheNumberOfTheFirstBadLineAndTakeNothing(String line) throws IOException {
    Path file = write("{\"text\":\"good\"}\n" + line + "\n{\"text\":\"good\"}\n");

    Cli.Result strict = cli.run("--json", "import", "trip", file.toString(), "--format", "jsonl");
    Cli.Result read = cli.json("read", "trip");
    Cli.Result lenient =
        cli.json("import", "trip", file.toString(), "--format", "jsonl", "--lenient");

    assertThat(oneError(strict, ExitCodes.WRONG_DATA).get("message")).asString().contains("line 2");
    assertThat(read.out()).isEmpty();
    assertThat(lenient.object()).containsEntry("entries", 2L).containsEntry("skipped", 1L);
  }

  @Test
  void areNotFollowedIntoTheDepths() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    Path file = write("{\"more\":" + deep + ",\"text\":\"a\"}\n");

    oneError(
        cli.run("--json", "import", "trip", file.toString(), "--format", "jsonl"),
        ExitCodes.WRONG_DATA,
        "bad-input");
  }

  @Test
  void areRefusedWhereTranscriptsLeaveTheCalendar() throws IOException {
    Path file = write("[23:00] <kim> last\n[01:00] <kim> beyond\n");
    String[] words = {
      "--json", "import", "trip", file.toString(), "--format", "irc", "--date", "9998-12-31"
    };

    assertThat(oneError(cli.run(words), ExitCodes.WRONG_DATA).get("message"))
        .asString()
        .contains("line 2", "after 9998");
    assertThat(cli.json("read", "trip").out()).isEmpty();
  }

  @Test
  void skipLinesTooLongForAnEntryOnlyWhenLenient() throws IOException {
    Path file = folder.resolve("file");
    try (var out = Files.newOutputStream(file)) {
      out.write("first\n".getBytes());
      for (int i = 0; i < 65; i++) {
        out.write(new byte[1 << 20]);
      }
      out.write("\nlast\n".getBytes());
    }

    Cli.Result strict = cli.run("--json", "import", "trip", file.toString(), "--format", "lines");
    Cli.Result lenient =
        cli.json("import", "trip", file.toString(), "--format", "lines", "--lenient");

    assertThat(oneError(strict, ExitCodes.WRONG_DATA).get("message")).asString().contains("line 2");
    assertThat(lenient.object()).containsEntry("entries", 2L).containsEntry("skipped", 1L);
    assertThat(cli.json("read", "trip").json())
        .extracting(entry -> entry.get("text"))
        .containsExactly("first", "last");
  }

  @Test
  void neverFillTheDiskFromADeviceWithoutEnd() throws IOException {
    Cli.Result result = cli.run("--json", "import", "trip", "/dev/zero", "--format", "lines");

    oneError(result, ExitCodes.WRONG_DATA, "bad-input");
    try (Stream<Path> left = Files.list(cli.home())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("import"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nonexistent/file", "/dev/null/file"})
  void areNoFile(String file) {
    oneError(
        cli.run("--json", "import", "trip", file, "--format", "lines"), ExitCodes.FAILED, "io");
  }

  @Test
  void keepBytesThatAreNoText() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[] {'a', 0, 'b', '\r', '\n', (byte) 0xff, (byte) 0xfe, '\n', '\n'});

    assertThat(cli.json("import", "trip", file.toString(), "--format", "lines").object())
        .containsEntry("entries", 3L);

    assertThat(cli.json("read", "trip").json())
        .extracting(entry -> entry.containsKey("text") ? entry.get("text") : entry.get("base64"))
        .containsExactly("a\0b", "//4=", "");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }
}
