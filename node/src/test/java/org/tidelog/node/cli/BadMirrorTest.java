package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.node.cli.BadInput.oneError;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelog.node.cli.BadInput.Damage;

/** A mirror that cannot be read, cannot be written, or holds what nobody published. */
final class BadMirrorTest {
  private static final int LINES = 1_500;

  @TempDir Path folder;
  private Cli author;
  private Cli reader;
  private String name;
  private Path record;
  private Path root;

  @BeforeEach
  void publish() throws IOException {
    author = new Cli(folder.resolve("author"), folder.resolve("mirror"));
    author.json("init", "--no-passphrase", "--quiet");
    name = author.json("topic", "create", "news", "--open").text("name");
    Path lines =
        Files.writeString(folder.resolve("lines"), "a line of some length\n".repeat(LINES));
    author.json("import", "news", lines.toString(), "--format", "lines");
    String cid = author.json("publish").text("root");
    record = folder.resolve("mirror/names").resolve(name);
    root = folder.resolve("mirror/blocks").resolve(shard(cid)).resolve(cid);

    reader = new Cli(folder.resolve("reader"), folder.resolve("mirror"));
    reader.json("init", "--no-passphrase", "--quiet");
    reader.json("follow", name, "--as", "news");
  }

  private static String shard(String cid) {
    return cid.substring(cid.length() - 3, cid.length() - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "GONE, 4, unreachable",
    "EMPTY, 3, bad-record",
    "JUNK, 3, bad-record",
    "HUGE, 3, bad-record",
    "FOLDER, 3, bad-record",
    "PIPE, 3, bad-record",
    "DEVICE, 3, bad-record",
    "LOOP, 3, bad-record"
  })
  void takesNothingFromARecordThatIsNone(Damage damage, int exitCode, String word)
      throws IOException {
    damage.replace(record);

    Cli.Result fetch = reader.run("--json", "fetch");

    oneError(fetch, exitCode, word);
    assertThat(fetch.object()).containsEntry("entries", 0L).containsEntry("complete", false);
  }

  @ParameterizedTest
  @CsvSource({
    "GONE, 4, incomplete",
    "EMPTY, 3, bad-block",
    "JUNK, 3, bad-block",
    "HUGE, 3, bad-block",
    "FOLDER, 3, bad-block",
    "PIPE, 3, bad-block",
    "DEVICE, 3, bad-block",
    "LOOP, 3, bad-block"
  })
  void keepsWhatCameWithTheRecordWhenABlockIsNone(Damage damage, int exitCode, String word)
      throws IOException {
    damage.replace(root);

    Cli.Result fetch = reader.run("--json", "fetch");

    oneError(fetch, exitCode, word);
    assertThat(fetch.object()).containsEntry("complete", false);
    assertThat((Long) fetch.object().get("entries")).isPositive();
    assertThat(reader.run("--json", "verify").exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
  }

  @ParameterizedTest
  @EnumSource
  void mendsWhatIsDamagedWhenTheAuthorChecks(Damage damage) throws IOException {
    damage.replace(record);
    damage.replace(root);

    author.json("publish", "--check");

    assertThat(reader.json("fetch").object())
        .containsEntry("entries", LINES + 1L)
        .containsEntry("complete", true);
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY", "JUNK", "HUGE", "FOLDER", "PIPE"})
  void readsOnInTheNextMirror(Damage damage) throws IOException {
    Path second = folder.resolve("second");
    author.json("publish", "--check", "--mirror", second.toString());
    damage.replace(root);

    Cli.Result fetch = reader.run("--json", "fetch", "--mirror", second.toString());

    assertThat(fetch.object()).containsEntry("entries", LINES + 1L).containsEntry("complete", true);
  }

  @Test
  void refusesARecordWithAByteChangedWhereverItIs() throws IOException {
    byte[] good = Files.readAllBytes(record);
    for (int i = 0; i < good.length; i += 23) {
      BadInput.flip(record, i);
      Cli.Result fetch = reader.run("--json", "fetch");
      oneError(fetch, ExitCodes.WRONG_DATA, "bad-record");
      assertThat(fetch.object()).containsEntry("size", 0L);
      Files.write(record, good);
    }
    reader.json("fetch");
  }

  @Test
  void refusesTheRecordOfAnotherLog() throws IOException {
    String other = author.json("topic", "create", "other", "--open").text("name");
    author.json("publish", "other");
    Files.copy(
        record.resolveSibling(other), record, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    oneError(reader.run("--json", "fetch"), ExitCodes.WRONG_DATA, "bad-record");
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY", "DEVICE", "LOOP", "PIPE"})
  void saysThatAMirrorIsNoFolder(Damage damage) throws IOException {
    damage.replace(folder.resolve("mirror"));
    author.json("append", "news", "acknowledged");

    oneError(author.run("--json", "publish"), ExitCodes.FAILED, "mirror-unwritable");
    oneError(reader.run("--json", "fetch"), ExitCodes.INCOMPLETE, "unreachable");

    assertThat(author.json("read", "news", "--last", "1").text("text")).isEqualTo("acknowledged");
  }

  @Test
  void saysThatAMirrorCannotBeMade() {
    Cli nowhere = new Cli(author.home(), Path.of("/proc/none"));

    oneError(nowhere.run("--json", "publish"), ExitCodes.FAILED, "mirror-unwritable");
  }

  @Test
  void keepsAReadersEntriesWhenTheMirrorIsLost() throws IOException {
    reader.json("fetch");
    BadInput.delete(folder.resolve("mirror"));

    oneError(reader.run("--json", "fetch"), ExitCodes.INCOMPLETE, "unreachable");

    assertThat(reader.json("read", "news").json()).hasSize(LINES);
    reader.json("verify");
  }

  @Test
  void stopsAtItsBoundWithoutCallingItAFailure() {
    Cli.Result fetch = reader.json("fetch", "--max-bytes", "1");

    assertThat(fetch.object()).containsEntry("complete", false);
    assertThat(fetch.err()).isEmpty();
    assertThat(reader.json("fetch").object()).containsEntry("complete", true);
  }
}
