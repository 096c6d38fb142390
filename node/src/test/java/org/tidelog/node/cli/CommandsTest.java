package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
  private static final String TRANSCRIPT =
      """
      [22:08] <kim> one
      === lee has joined
      [22:09] <lee> two
      [22:10]  * kim waves
      [00:01] <kim>
      """;

  @TempDir Path folder;
  private Cli kim;
  private Cli lee;

  @BeforeEach
  void makeTwoDevices() {
    kim = device("kim");
    lee = device("lee");
  }

  @Test
  void carriesATopicFromOneDeviceToAnother() {
    shareTopic();
    Map<String, Object> appended = kim.json("append", "trip", "see you at nine").object();
    Map<String, Object> published = kim.json("publish", "trip").object();
    lee.json("follow", String.valueOf(published.get("name")), "--as", "trip");
    Map<String, Object> fetched = last(lee.json("fetch", "trip"));
    Map<String, Object> read = lee.json("read", "trip").object();

    assertThat(appended).containsEntry("durability", "local");
    assertThat(fetched).containsEntry("complete", true).containsEntry("missing", List.of());
    assertThat(read)
        .containsEntry("text", "see you at nine")
        .containsEntry("author", "kim")
        .containsEntry("seq", appended.get("seq"))
        .containsEntry("id", appended.get("id"))
        .containsEntry("name", published.get("name"))
        .doesNotContainKeys("state", "base64", "kind");
    assertThat(lee.json("verify", "trip").json())
        .allSatisfy(log -> assertThat(log).containsEntry("ok", true));
  }

  @Test
  void readsForPeople() {
    kim.json("topic", "create", "trip");
    kim.json("append", "trip", "line one\nline two \u001b[2J");

    Cli.Result read = kim.run("read", "trip");

    assertThat(read.out()).contains("  kim  line one\n    line two ␛[2J\n");
    assertThat(kim.run("--color", "always", "read", "trip").out())
        .contains("\u001b[36mkim\u001b[0m");
    assertThat(kim.run("status").out())
        .contains("topic", "trip", "kim (you)", "This device is 12D3");
  }

  @Test
  void appendsEveryLineOfStandardInput() {
    kim.json("topic", "create", "trip");

    Cli.Result appended = kim.run("a\n\nb c\n", new String[] {"append", "trip", "--json"});

    assertThat(appended.json()).hasSize(3);
    assertThat(texts(kim.json("read", "trip"))).containsExactly("a", "", "b c");
  }

  @Test
  void acknowledgesALineBeforeTheNextOneComes() throws Exception {
    kim.json("topic", "create", "trip");
    PipedOutputStream typing = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(typing);
    PipedInputStream answers = new PipedInputStream();
    OutputStream out = new PipedOutputStream(answers);
    Thread appending =
        new Thread(
            () ->
                Main.run(
                    new String[] {"--home", kim.home().toString(), "append", "trip"},
                    new Host(
                        in,
                        out,
                        OutputStream.nullOutputStream(),
                        Map.of(),
                        false,
                        false,
                        Optional.empty())));
    appending.start();

    typing.write("first\n".getBytes(StandardCharsets.UTF_8));
    typing.flush();
    assertThat(readLine(answers)).startsWith("trip 1 ");
    typing.write("second\n".getBytes(StandardCharsets.UTF_8));
    typing.flush();
    assertThat(readLine(answers)).startsWith("trip 2 ");
    typing.close();
    appending.join(10_000);

    assertThat(appending.isAlive()).isFalse();
  }

  @Test
  void keepsBytesThatAreNotText() {
    kim.json("topic", "create", "trip");
    byte[] bytes = {(byte) 0xff, 0, 'a', '\n'};

    kim.run(new ByteArrayInputStream(bytes), "append", "trip");

    assertThat(kim.json("read", "trip").object())
        .containsEntry("base64", "/wBh")
        .doesNotContainKey("text");
  }

  @Test
  void importsATranscript() throws IOException {
    kim.json("topic", "create", "trip");
    Path chat = Files.writeString(folder.resolve("chat.txt"), TRANSCRIPT);

    Map<String, Object> report =
        kim.json(
                "import",
                "trip",
                chat.toString(),
                "--format",
                "irc",
                "--author",
                "kim",
                "--date",
                "2015-08-10")
            .object();

    assertThat(report)
        .containsEntry("entries", 3L)
        .containsEntry("skipped", 1L)
        .containsEntry("payloadBytes", (long) "one/me waves".length())
        .containsEntry("firstSeq", 1L)
        .containsEntry("lastSeq", 3L);
    assertThat(kim.json("read", "trip").json())
        .extracting(entry -> entry.get("time") + " " + entry.get("text"))
        .containsExactly(
            "2015-08-10T22:08:00.000Z one",
            "2015-08-10T22:10:00.000Z /me waves",
            "2015-08-11T00:01:00.000Z ");
  }

  @Test
  void appendsNothingOfAFileThatIsWrong() {
    kim.json("topic", "create", "trip");
    InputStream in =
        new ByteArrayInputStream((TRANSCRIPT + "junk\n").getBytes(StandardCharsets.UTF_8));

    Cli.Result refused = kim.run(in, "import", "trip", "-", "--format", "irc", "--json");

    assertThat(refused.exitCode()).isEqualTo(ExitCodes.WRONG_DATA);
    assertThat(refused.errors().get(0)).containsEntry("error", "bad-input");
    assertThat((String) refused.errors().get(0).get("message")).startsWith("-: line 6: ");
    assertThat(kim.json("read", "trip").json()).isEmpty();
  }

  @Test
  void importsAnEmptyFileAsNothing() throws IOException {
    kim.json("topic", "create", "trip");
    Path empty = Files.createFile(folder.resolve("empty"));

    Map<String, Object> report =
        kim.json("import", "trip", empty.toString(), "--format", "lines").object();

    assertThat(report).containsEntry("entries", 0L).containsEntry("skipped", 0L);
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    kim.json("topic", "create", "trip");

    Cli.Result folderGiven = kim.run("import", "trip", folder.toString(), "--format", "lines");
    Cli.Result missing = kim.run("import", "trip", "none.txt", "--format", "lines");

    assertThat(folderGiven.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(folderGiven.err()).isEqualTo("tidelog: " + folder + ": it is a directory\n");
    assertThat(missing.err()).isEqualTo("tidelog: none.txt: there is no such file\n");
  }

  @Test
  void importsLinesLargerThanAnEntryHolds() throws IOException {
    kim.json("topic", "create", "trip");
    String large = "x".repeat(700_000);
    Path lines = Files.writeString(folder.resolve("lines"), "before\n" + large + "\nafter\n");

    Map<String, Object> report =
        kim.json("import", "trip", lines.toString(), "--format", "lines").object();
    kim.run(large + "\n", new String[] {"append", "trip"});

    assertThat(report).containsEntry("entries", 3L).containsEntry("payloadBytes", 700_011L);
    assertThat(texts(kim.json("read", "trip"))).containsExactly("before", large, "after", large);
  }

  @Test
  void deletesWhatWasSaid() {
    kim.json("topic", "create", "trip");
    kim.json("append", "trip", "--deletable", "a secret");

    Map<String, Object> deleted = kim.json("delete", "trip", "1").object();

    assertThat(deleted).containsEntry("entries", 1L).containsKeys("name", "bytes");
    assertThat(kim.json("read", "trip").object())
        .containsEntry("state", "deleted")
        .doesNotContainKeys("text", "base64");
  }

  @Test
  void remembersAMirror() {
    kim.json("config", "set", "mirror", folder.resolve("stick").toString());

    assertThat(kim.run("config", "get", "mirror").out()).isEqualTo(folder.resolve("stick") + "\n");
    assertThat(kim.json("config", "list").json())
        .contains(Map.of("key", "mirror", "value", folder.resolve("stick").toString()));
    kim.fails(ExitCodes.USAGE, "config", "get", "nonsense");
  }

  @Test
  void publishesToAllMirrorsWhereverTheyAreNamed() {
    kim.json("topic", "create", "trip");

    Map<String, Object> published =
        kim.json(
                "publish", "--mirror", folder + "/b", "trip", "--mirror=" + folder + "/c", "--json")
            .object();

    assertThat(published)
        .containsEntry("layers", List.of(kim.mirror() + "", folder + "/b", folder + "/c"));
  }

  @Test
  void takesAnInvitationFromStandardInput() {
    kim.json("topic", "create", "trip");
    String invitation = kim.run("topic", "share", "trip").out();

    Cli.Result joined =
        lee.run(invitation, new String[] {"topic", "join", "-", "--as", "journey", "--json"});

    assertThat(joined.object())
        .containsEntry("topic", "journey")
        .containsEntry("topicId", kim.json("topic", "list").object().get("topicId"));
  }

  @Test
  void failsByNameAndExitCode() {
    assertThat(kim.fails(ExitCodes.FAILED, "read", "none").errors().get(0))
        .containsEntry("error", "not-found");
    assertThat(kim.fails(ExitCodes.FAILED, "init").errors().get(0))
        .containsEntry("error", "exists");
    assertThat(kim.fails(ExitCodes.WRONG_DATA, "topic", "join", "nonsense").errors().get(0))
        .containsEntry("error", "bad-invitation");
    Cli homeless = new Cli(folder.resolve("nowhere"), folder.resolve("mirror"));
    assertThat(homeless.fails(ExitCodes.FAILED, "status").errors().get(0))
        .containsEntry("error", "not-found");
  }

  @Test
  void goesOnAppendingWhenNobodyReadsTheAnswers() {
    kim.json("topic", "create", "trip");
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8));

    int exitCode =
        Main.run(
            new String[] {"--home", kim.home().toString(), "append", "trip"},
            new Host(in, closed, err, Map.of(), false, false, Optional.empty()));

    assertThat(exitCode).isZero();
    assertThat(err.size()).isZero();
    assertThat(texts(kim.json("read", "trip"))).containsExactly("a", "b");
  }

  private void shareTopic() {
    kim.json("topic", "create", "trip");
    String invitation = kim.json("topic", "share", "trip").text("invitation");
    lee.json("topic", "join", invitation, "--as", "trip");
  }

  private Cli device(String name) {
    Cli cli = new Cli(folder.resolve(name), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase", "--display-name", name);
    return cli;
  }

  private static Map<String, Object> last(Cli.Result result) {
    List<Map<String, Object>> lines = result.json();
    return lines.get(lines.size() - 1);
  }

  private static List<Object> texts(Cli.Result read) {
    return read.json().stream().map(entry -> entry.get("text")).toList();
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
