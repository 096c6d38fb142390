package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found to be wrong, with folders and with places where nobody answers. */
final class DoctorTest {
  private static final String DEAD = "kubo:http://127.0.0.1:1";
  private static final int LINES = 1_500;

  @TempDir Path folder;
  private Cli author;
  private Cli reader;
  private String name;
  private Path record;
  private Path index;

  @BeforeEach
  void publishAndFetch() throws IOException {
    author = new Cli(folder.resolve("author"), folder.resolve("mirror"));
    author.json("init", "--no-passphrase");
    name = author.json("topic", "create", "news", "--open").text("name");
    Path lines = Files.writeString(folder.resolve("lines"), "of some length\n".repeat(LINES));
    author.json("import", "news", lines.toString(), "--format", "lines");
    String root = author.json("publish").text("root");
    record = folder.resolve("mirror/names").resolve(name);
    index =
        folder
            .resolve("mirror/blocks")
            .resolve(root.substring(root.length() - 3, root.length() - 1))
            .resolve(root);
    reader = new Cli(folder.resolve("reader"), folder.resolve("mirror"));
    reader.json("init", "--no-passphrase");
    reader.json("follow", name, "--as", "news");
    reader.json("fetch");
  }

  @Test
  void findsNothingWhereAllIsWell() {
    Cli.Result one = author.run("doctor");
    Cli.Result log = reader.run("doctor", name);
    Cli.Result topic = reader.run("doctor", "news");

    assertThat(List.of(one, log, topic))
        .allSatisfy(
            result -> {
              assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
              assertThat(result.out()).endsWith("\nAll is well.\n").doesNotContain("FAIL");
            });
    assertThat(log.out()).contains("record", "index", "page", "entries");
  }

  @Test
  void tellsItToPrograms() {
    List<Map<String, Object>> checks = reader.json("doctor", name).json();

    assertThat(checks)
        .allSatisfy(
            check ->
                assertThat(check)
                    .containsKeys("layer", "check", "millis", "what", "hint")
                    .containsEntry("ok", true));
    assertThat(checks)
        .extracting(check -> check.get("check"))
        .containsExactly("opens", "clock", "entries", "answers", "record", "index", "page");
  }

  @Test
  void findsEntriesThatWereNotPublished() {
    author.json("append", "news", "later");

    Cli.Result result = author.run("doctor");

    assertThat(result.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(result.out())
        .contains("1 of 1502 entries are not published yet")
        .endsWith("First see to home (entries): tidelog publish.\n");
  }

  @Test
  void findsEntriesThatWereNotFetched() {
    author.json("append", "news", "later");
    author.json("publish");

    Map<String, Object> failed = failed(reader, ExitCodes.INCOMPLETE, "entries");

    assertThat(failed).containsEntry("hint", "tidelog fetch " + name);
  }

  @Test
  void findsAPlaceWhereNobodyAnswers() {
    Cli.Result result = reader.run("doctor", name, "--mirror", DEAD);

    assertThat(result.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(result.out()).containsPattern("FAIL +kubo:http://127.0.0.1:1 +answers");
    assertThat(result.out().lines().toList())
        .last()
        .asString()
        .startsWith("First see to " + DEAD + " (answers): start it with 'ipfs daemon'");
  }

  @Test
  void asksAPlaceThatFailedBefore() throws IOException {
    author.run("publish", "--mirror", DEAD);

    Cli.Result result = author.fails(ExitCodes.INCOMPLETE, "doctor", "--mirror", DEAD);

    assertThat(result.json())
        .anySatisfy(
            check ->
                assertThat(check)
                    .containsEntry("check", "history")
                    .containsEntry("ok", true)
                    .hasEntrySatisfying(
                        "what", what -> assertThat(what).asString().contains("nothing answers")));
  }

  @Test
  void findsThatARecordIsGoneForgedOrOld() throws IOException {
    byte[] old = Files.readAllBytes(record);
    Files.delete(record);
    assertThat(failed(reader, ExitCodes.INCOMPLETE, "record"))
        .containsEntry("what", "it has none")
        .containsEntry("hint", "tidelog republish " + name);

    byte[] forged = old.clone();
    forged[forged.length - 1] ^= 1;
    Files.write(record, forged);
    assertThat(failed(reader, ExitCodes.WRONG_DATA, "record")).containsEntry("error", "bad-record");

    author.json("append", "news", "later");
    author.json("publish");
    reader.json("fetch");
    Files.write(record, old);
    assertThat(failed(reader, ExitCodes.INCOMPLETE, "record").get("what").toString())
        .endsWith("another one is newer");
  }

  @Test
  void findsThatARecordIsPastItsTime() {
    Cli.Result result =
        reader.fails(ExitCodes.INCOMPLETE, "doctor", name, "--time", "2099-01-01T00:00:00Z");

    assertThat(result.json())
        .filteredOn(check -> check.get("ok").equals(false))
        .extracting(check -> check.get("check"))
        .containsExactly("clock", "record");
  }

  @Test
  void findsThatTheIndexIsGoneOrWrong() throws IOException {
    Files.delete(index);
    assertThat(failed(reader, ExitCodes.INCOMPLETE, "index").get("hint").toString())
        .startsWith("tidelog publish --check");

    Files.write(index, new byte[500]);
    assertThat(failed(reader, ExitCodes.WRONG_DATA, "index")).containsEntry("error", "bad-block");
  }

  @Test
  void findsThatTheNewestPageIsGone() throws IOException {
    List<Path> blocks;
    try (var files = Files.walk(folder.resolve("mirror/blocks"))) {
      blocks = files.filter(Files::isRegularFile).filter(file -> !file.equals(index)).toList();
    }
    for (Path block : blocks) {
      Files.delete(block);
    }

    assertThat(failed(author, ExitCodes.INCOMPLETE, "page"))
        .containsEntry("hint", "tidelog publish --check");
  }

  @Test
  void looksForALogThatThisHomeDoesNotKnow() {
    Cli stranger = new Cli(folder.resolve("stranger"), folder.resolve("mirror"));
    stranger.json("init", "--no-passphrase");

    Cli.Result result = stranger.fails(ExitCodes.INCOMPLETE, "doctor", name);

    assertThat(result.json())
        .anySatisfy(
            check ->
                assertThat(check)
                    .containsEntry("check", "record")
                    .containsEntry("ok", true)
                    .containsEntry("hint", "tidelog fetch " + name));
    stranger.fails(ExitCodes.FAILED, "doctor", "nonsense");
  }

  @Test
  void findsAFolderThatIsNotThere() {
    Cli fresh = new Cli(folder.resolve("fresh"), folder.resolve("unmounted"));
    fresh.json("init", "--no-passphrase");

    assertThat(fresh.fails(ExitCodes.INCOMPLETE, "doctor").json())
        .last()
        .satisfies(check -> assertThat(check).containsEntry("what", "it is not there"));
  }

  /** The one check of that kind, which has to fail. */
  private Map<String, Object> failed(Cli cli, int exitCode, String kind) {
    List<Map<String, Object>> failed =
        cli.fails(exitCode, "doctor", name).json().stream()
            .filter(check -> kind.equals(check.get("check")))
            .toList();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0)).containsEntry("ok", false);
    return failed.get(0);
  }
}
