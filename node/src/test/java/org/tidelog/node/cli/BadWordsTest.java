package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.node.cli.BadInput.oneError;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words, numbers, times, names and invitations that are none. */
final class BadWordsTest {
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
  @CsvSource(
      delimiter = '|',
      value = {
        "read trip --last -1",
        "read trip --last 99999999999999999999",
        "read trip --last x",
        "read trip --from 9223372036854775808",
        "read trip --since 2026-13-01",
        "read trip --since 1960-01-01",
        "read trip --since +999999999-12-31",
        "append trip x --time 2026-02-30T00:00:00Z",
        "append trip x --time 1969-12-31T23:59:59.999Z",
        "append trip x --time 9999-12-31T23:59:59Z",
        "append trip x --time +999999999-12-31T23:59:59Z",
        "append trip x --ttl 0s",
        "append trip x --ttl 99999999999w",
        "fetch --max-bytes -1",
        "fetch --max-bytes 1e9",
        "delete trip -1",
        "delete trip x",
        "delete trip 0",
        "import trip f --format irc --date 2015-13-10",
        "import trip f --format irc --date 1969-12-31",
        "import trip f --format irc --date +99999-01-01",
        "config set passphrase none",
        "config get nonsense",
        "config set mirror kubo:ftp://127.0.0.1:5001",
        "config set mirror kubo:127.0.0.1:5001",
        "config set mirror gateway:https://me:secret@example.org",
        "config set mirror pin:https://example.org/?token=secret",
        "config set mirror s3://bucket",
        "topic create a/b",
        "topic create k51x",
        "follow k51",
        "follow k51qzi5uqu5d",
        "follow bafyqaama",
        "read k51qzi5uqu5d",
        "init --no-passphrase --passphrase-file f --home other",
        "status --home=",
        "fetch --mirror="
      })
  void areWrongUsage(String args) {
    oneError(cli.run(("--json " + args).split(" ")), ExitCodes.USAGE);

    assertThat(cli.json("read", "trip").text("text")).isEqualTo("acknowledged");
  }

  @ParameterizedTest
  @CsvSource({"delete trip 99", "delete trip 9223372036854775807", "read none", "append none x"})
  void nameWhatIsNotThere(String args) {
    oneError(cli.run(("--json " + args).split(" ")), ExitCodes.FAILED);
  }

  @Test
  void areNoFileWhenTheyAreEmpty() {
    oneError(cli.run("--json", "import", "trip", "", "--format", "lines"), ExitCodes.USAGE);
  }

  @Test
  void boundsWhatLivesTooLongToBeDated() {
    cli.json("append", "trip", "x", "--ttl", "999999w");

    assertThat(cli.json("read", "trip", "--last", "1").text("text")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0200000000000000000000000000000000000000000000000000000000000000", // No curve point.
        "0100000000000000000000000000000000000000000000000000000000000000", // The identity.
        "0000000000000000000000000000000000000000000000000000000000000000", // Of order 4.
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" // Not reduced.
      })
  void refusesTheNameOfAKeyThatNobodyCanHave(String key) {
    String name =
        "k" + new BigInteger(1, HexFormat.of().parseHex("0172002408011220" + key)).toString(36);

    oneError(cli.run("--json", "follow", name), ExitCodes.USAGE, "bad-name");

    assertThat(cli.json("status").json()).hasSize(2);
  }

  @Test
  void refusesEveryMangledInvitation() {
    String invitation = cli.json("topic", "share", "trip").text("invitation");
    Cli other = new Cli(folder.resolve("other"), folder.resolve("mirror"));
    other.json("init", "--no-passphrase", "--quiet");

    for (int i = 0; i < invitation.length(); i += 5) {
      String without = invitation.substring(0, i) + invitation.substring(i + 1);
      char changed = invitation.charAt(i) == 'A' ? 'B' : 'A';
      String with = invitation.substring(0, i) + changed + invitation.substring(i + 1);
      for (String mangled : new String[] {without, with, invitation.substring(0, i)}) {
        oneError(
            other.run("--json", "topic", "join", mangled), ExitCodes.WRONG_DATA, "bad-invitation");
      }
    }
    assertThat(other.json("topic", "list").json()).isEmpty();
    assertThat(other.run(invitation + "\r\n", new String[] {"topic", "join", "-"}).exitCode())
        .isZero();
  }

  @Test
  void readsNoMoreOfAnInvitationThanOneMayHave() {
    Cli.Result join = cli.run(endless('u'), "--json", "topic", "join", "-");

    oneError(join, ExitCodes.WRONG_DATA, "bad-invitation");
  }

  @Test
  void refusesADisplayNameThatNoLogCanHold() {
    oneError(cli.run("--json", "config", "set", "display-name", "x".repeat(257)), 2, "bad-name");
    oneError(cli.run("--json", "config", "set", "display-name", "a\nb"), 2, "bad-name");

    cli.json("topic", "create", "next");
  }

  @Test
  void warnsOfNoPassphraseOnlyOfAHomeThatWasMade() {
    oneError(cli.run("--json", "init", "--no-passphrase"), ExitCodes.FAILED, "exists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/dev/zero", "/", "/nonexistent/file"})
  void refusesAPassphraseFileThatHoldsNone(String file) {
    Cli other = new Cli(folder.resolve("other"), folder.resolve("mirror"));

    oneError(other.run("--json", "init", "--passphrase-file", file), ExitCodes.FAILED);

    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void neverAsksForAPassphraseThatIsNotNeeded() throws Exception {
    Cli locked = new Cli(folder.resolve("locked"), folder.resolve("mirror"));
    String file = Files.writeString(folder.resolve("pass"), "secret\n").toString();
    locked.json("init", "--passphrase-file", file);
    locked.json("topic", "create", "news", "--open", "--passphrase-file", file);
    locked.json("append", "news", "hello", "--passphrase-file", file);

    for (String args : new String[] {"status", "verify", "fetch", "read news", "topic list"}) {
      locked.json(args.split(" "));
    }
    for (String args : new String[] {"append news x", "publish", "topic create more"}) {
      oneError(locked.run(("--json " + args).split(" ")), ExitCodes.FAILED, "needs-passphrase");
    }
    String wrong = Files.writeString(folder.resolve("wrong"), "Secret\n").toString();
    oneError(
        locked.run("--json", "append", "news", "x", "--passphrase-file", wrong),
        ExitCodes.FAILED,
        "bad-passphrase");
  }

  @Test
  void keepsTheLinesBeforeOneThatIsTooLong() {
    InputStream lines =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream("first\nsecond\n".getBytes(StandardCharsets.UTF_8)),
            endless('x'));

    Cli.Result append = cli.run(lines, "--json", "append", "trip");

    oneError(append, ExitCodes.WRONG_DATA, "bad-input");
    assertThat(append.json()).hasSize(2);
    assertThat(cli.json("read", "trip").json()).hasSize(3);
  }

  private static InputStream endless(char c) {
    return new InputStream() {
      @Override
      public int read() {
        return c;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        Arrays.fill(target, offset, offset + length, (byte) c);
        return length;
      }
    };
  }
}
