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

/** Records put into a mirror once more, by whoever has them. */
final class RepublishTest {
  /** Nothing listens on port 1. */
  private static final String DEAD = "kubo:http://127.0.0.1:1";

  @TempDir Path folder;
  private Cli author;
  private Cli reader;
  private String name;
  private Path record;

  @BeforeEach
  void publishAndFetch() throws IOException {
    author = new Cli(folder.resolve("author"), folder.resolve("mirror"));
    author.json("init", "--no-passphrase");
    name = author.json("topic", "create", "news", "--open").text("name");
    author.json("append", "news", "one");
    author.json("publish");
    record = folder.resolve("mirror/names").resolve(name);
    reader = new Cli(folder.resolve("reader"), folder.resolve("mirror"));
    // Its keys stay closed: nobody is there to be asked for the passphrase.
    Path words = Files.writeString(folder.resolve("words"), "correct horse");
    reader.json("init", "--passphrase-file", words.toString());
    reader.json("follow", name, "--as", "news");
    reader.json("fetch");
  }

  @Test
  void putsBackARecordOfSomebodyElseWithoutAnyKey() throws IOException {
    byte[] before = Files.readAllBytes(record);
    Files.delete(record);

    Map<String, Object> report = reader.json("republish").object();

    assertThat(record).hasBinaryContent(before);
    assertThat(report)
        .containsEntry("topic", "news")
        .containsEntry("name", name)
        .containsEntry("sequence", 2L)
        .containsEntry("layers", List.of(reader.mirror().toString()))
        .containsEntry("newer", List.of())
        .containsEntry("problems", List.of())
        .containsKeys("validUntil", "millis");
  }

  @Test
  void leavesANewerRecordWhereItIs() throws IOException {
    author.json("append", "news", "two");
    author.json("publish");
    byte[] newer = Files.readAllBytes(record);

    Map<String, Object> report = reader.json("republish", name).object();

    assertThat(record).hasBinaryContent(newer);
    assertThat(report)
        .containsEntry("layers", List.of())
        .containsEntry("newer", List.of(reader.mirror().toString()));
    assertThat(reader.run("republish").out()).contains("a newer one is in", "tidelog fetch");
  }

  @Test
  void replacesAnOlderRecord() throws IOException {
    byte[] older = Files.readAllBytes(record);
    author.json("append", "news", "two");
    author.json("publish");
    byte[] newer = Files.readAllBytes(record);
    reader.json("fetch");
    Files.write(record, older);

    reader.json("republish", "news");

    assertThat(record).hasBinaryContent(newer);
  }

  @Test
  void tellsOfARecordThatDoesNotVerifyAndReplacesIt() throws IOException {
    byte[] good = Files.readAllBytes(record);
    byte[] forged = good.clone();
    forged[forged.length - 1] ^= 1;
    Files.write(record, forged);

    Cli.Result result = reader.fails(ExitCodes.WRONG_DATA, "republish");

    assertThat(result.errors()).extracting(error -> error.get("error")).contains("bad-record");
    assertThat(record).hasBinaryContent(good);
  }

  @Test
  void putsNoRecordThatIsPastItsTime() throws IOException {
    Files.delete(record);

    Cli.Result result =
        reader.fails(ExitCodes.INCOMPLETE, "republish", "--time", "2099-01-01T00:00:00Z");
    Cli.Result own =
        author.fails(ExitCodes.INCOMPLETE, "republish", "--time", "2099-01-01T00:00:00Z");

    assertThat(record).doesNotExist();
    assertThat(result.object()).containsEntry("layers", List.of());
    assertThat(own.errors().get(0)).containsEntry("hint", "tidelog publish");
  }

  @Test
  void goesOnWithoutALayerThatIsAway() throws IOException {
    Files.delete(record);

    Cli.Result some = reader.fails(ExitCodes.INCOMPLETE, "republish", "--mirror", DEAD);
    Cli.Result none = reader.fails(ExitCodes.INCOMPLETE, "republish", "--mirror", DEAD);

    assertThat(record).exists();
    assertThat(some.object()).containsEntry("layers", List.of(reader.mirror().toString()));
    assertThat(none.errors()).hasSize(1);
    assertThat(none.errors().get(0)).containsEntry("error", "unreachable");
    assertThat(none.errors().get(0).get("message").toString()).contains(DEAD);
  }

  @Test
  void publishesToTheOthersWhereALayerIsAway() {
    author.json("append", "news", "two");

    Cli.Result people = author.run("publish", "--mirror", DEAD);
    author.json("append", "news", "three");
    Cli.Result programs = author.fails(ExitCodes.INCOMPLETE, "publish", "--mirror", DEAD);

    assertThat(people.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(people.err()).startsWith("tidelog: warning: " + DEAD + ": not published there: ");
    assertThat(people.out()).contains("published as " + name).doesNotContain(DEAD);
    assertThat(programs.object()).containsEntry("layers", List.of(author.mirror().toString()));
    assertThat(programs.errors().get(0)).containsEntry("warning", "unreachable");
  }

  @Test
  void saysThatNoRecordIsKnown() {
    reader.json("follow", author.json("topic", "create", "other").text("name"), "--as", "other");
    String other =
        author.json("topic", "list").json().stream()
            .filter(topic -> "other".equals(topic.get("topic")))
            .map(topic -> topic.get("name").toString())
            .findFirst()
            .orElseThrow();

    Cli.Result result = reader.fails(ExitCodes.FAILED, "republish", other);

    assertThat(result.errors().get(0))
        .containsEntry("error", "not-found")
        .containsEntry("hint", "tidelog fetch " + other);
  }

  @Test
  void putsAnIndexOfOnesOwnToo() throws IOException {
    String index =
        author.json("publish", "--index").json().stream()
            .filter(line -> line.containsKey("index"))
            .map(line -> line.get("index").toString())
            .findFirst()
            .orElseThrow();
    Path second = folder.resolve("second");

    author.json("republish", "--mirror", second.toString());

    assertThat(second.resolve("names").resolve(index)).exists();
    assertThat(second.resolve("names").resolve(name)).exists();
  }
}
