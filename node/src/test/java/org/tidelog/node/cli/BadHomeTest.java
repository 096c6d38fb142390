package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.node.cli.BadInput.oneError;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.node.cli.BadInput.Damage;

/** A home whose own files are not what was written there. */
final class BadHomeTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeAHome() {
    cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase", "--quiet");
    cli.json("topic", "create", "trip");
    cli.json("append", "trip", "acknowledged");
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void refusesAStoreThatIsNone(Damage damage) throws IOException {
    damage.replace(file("log.db"));

    oneError(cli.fails(ExitCodes.WRONG_DATA, "status"), ExitCodes.WRONG_DATA, "bad-store");
    oneError(cli.run("--json", "append", "trip", "x"), ExitCodes.WRONG_DATA, "bad-store");
  }

  @Test
  void refusesAStoreThatIsCutShort() throws IOException {
    BadInput.truncate(file("log.db"), Files.size(file("log.db")) / 2);

    oneError(cli.run("--json", "read", "trip"), ExitCodes.WRONG_DATA, "bad-store");
  }

  @Test
  void refusesAStoreFromTheFuture() throws Exception {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + file("log.db"));
        Statement statement = store.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThat(oneError(cli.run("--json", "status"), ExitCodes.FAILED).get("message"))
        .asString()
        .contains("version 99");
  }

  @ParameterizedTest
  @EnumSource(
      value = Damage.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DEVICE", "LOOP"})
  void refusesKeysThatAreNone(Damage damage) throws IOException {
    damage.replace(file("keys"));

    oneError(cli.run("--json", "append", "trip", "x"), ExitCodes.WRONG_DATA, "bad-store");
    oneError(cli.run("--json", "topic", "create", "other"), ExitCodes.WRONG_DATA, "bad-store");
    oneError(cli.run("--json", "publish"), ExitCodes.WRONG_DATA, "bad-store");
  }

  @ParameterizedTest
  @EnumSource(names = {"DEVICE", "LOOP"})
  void neitherHangsNorFallsOverKeysThatLeadElsewhere(Damage damage) throws IOException {
    damage.replace(file("keys"));

    Cli.Result append = cli.run("--json", "append", "trip", "x");

    oneError(append, append.exitCode());
    assertThat(append.exitCode()).isIn(ExitCodes.FAILED, ExitCodes.WRONG_DATA);
  }

  @Test
  void refusesKeysThatAreCutShort() throws IOException {
    BadInput.truncate(file("keys"), 60);

    oneError(cli.run("--json", "append", "trip", "x"), ExitCodes.WRONG_DATA, "bad-store");
  }

  @ParameterizedTest
  @EnumSource(
      value = Damage.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOOP"})
  void refusesSettingsThatAreNone(Damage damage) throws IOException {
    damage.replace(file("config"));

    oneError(cli.run("--json", "config", "list"), ExitCodes.WRONG_DATA, "bad-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"future = 1\n", "no equals sign\n", "passphrase = perhaps\n"})
  void refusesSettingsItDoesNotKnow(String line) throws IOException {
    Files.writeString(file("config"), Files.readString(file("config")) + line);

    assertThat(oneError(cli.run("--json", "config", "list"), ExitCodes.WRONG_DATA).get("message"))
        .asString()
        .contains("line ");
  }

  @Test
  void keepsWhatWasAcknowledgedWhenSettingsAndKeysComeBack() throws IOException {
    byte[] keys = Files.readAllBytes(file("keys"));
    Damage.EMPTY.replace(file("keys"));
    oneError(cli.run("--json", "append", "trip", "lost"), ExitCodes.WRONG_DATA);

    Files.write(file("keys"), keys);

    cli.json("append", "trip", "after");
    assertThat(cli.json("read", "trip").json())
        .extracting(entry -> entry.get("text"))
        .containsExactly("acknowledged", "after");
    cli.json("verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "keys"})
  void refusesAHomeThatOthersMayRead(String name) throws IOException {
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rwxr--r--"));

    assertThat(oneError(cli.run("--json", "status"), ExitCodes.FAILED).get("hint"))
        .asString()
        .startsWith("chmod ");
  }

  @Test
  void saysWhereThereIsNoHome() throws IOException {
    Cli none = new Cli(folder.resolve("none"), folder.resolve("mirror"));
    oneError(none.run("--json", "status"), ExitCodes.FAILED, "not-found");

    Files.writeString(folder.resolve("none"), "a file");
    oneError(none.run("--json", "status"), ExitCodes.FAILED, "io");
    oneError(none.run("--json", "init", "--no-passphrase"), ExitCodes.FAILED, "exists");
  }

  @Test
  void tellsAByteThatChangedInTheStore() throws IOException {
    for (int i = 0; i < 40; i++) {
      cli.json("append", "trip", "a text that is long enough to be hit, number " + i);
    }
    int position = (int) Files.size(file("log.db")) * 9 / 10;
    BadInput.flip(file("log.db"), position);
    BadInput.flip(file("log.db"), position - 1000);

    Cli.Result verify = cli.run("--json", "verify");
    Cli.Result read = cli.run("--json", "read", "trip");

    // Wherever it hit: nothing, a structure of the store, or an entry; and never a false text.
    assertThat(verify.exitCode()).isIn(ExitCodes.DONE, ExitCodes.WRONG_DATA);
    if (verify.exitCode() == ExitCodes.DONE) {
      assertThat(read.json()).hasSize(41);
    }
  }

  private Path file(String name) {
    return cli.home().resolve(name);
  }
}
