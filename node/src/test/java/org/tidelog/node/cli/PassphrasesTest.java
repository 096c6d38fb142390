package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassphrasesTest {
  @TempDir Path folder;

  private final Deque<String> answers = new ArrayDeque<>();
  private int asked;

  @Test
  void asksTwiceForANewPassphraseAndOnceForAnOldOne() {
    Cli cli = atTerminal("horse", "horse", "horse");

    cli.json("init");
    cli.json("topic", "create", "trip");

    assertThat(asked).isEqualTo(3);
  }

  @Test
  void refusesTwoDifferentAnswers() {
    Cli cli = atTerminal("horse", "hoarse");

    assertThat(cli.fails(ExitCodes.FAILED, "init").errors().get(0))
        .containsEntry("error", "bad-passphrase");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void asksNobodyWhenNoKeyIsNeeded() {
    Cli cli = atTerminal("horse", "horse", "horse");
    cli.json("init");
    cli.json("topic", "create", "trip");
    int before = asked;

    cli.json("topic", "list");
    cli.json("status");
    cli.json("verify");
    cli.json("config", "list");
    cli.json("follow", "k51qzi5uqu5dl7rukjjzwv4j9uhrknegkbz3kawuoopteawjnxdra6vzwglemz");

    assertThat(asked).isEqualTo(before);
  }

  @Test
  void failsWithoutATerminal() throws Exception {
    Path file = Files.writeString(folder.resolve("passphrase"), "battery\r\n");
    Cli cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));

    assertThat(cli.fails(ExitCodes.FAILED, "init").errors().get(0))
        .containsEntry("error", "needs-passphrase");
    cli.json("init", "--passphrase-file", file.toString());
    Cli.Result refused = cli.fails(ExitCodes.FAILED, "topic", "create", "trip");

    assertThat(refused.errors().get(0))
        .containsEntry("error", "needs-passphrase")
        .containsEntry("hint", "--passphrase-file FILE");
    cli.json("topic", "create", "trip", "--passphrase-file", file.toString());
  }

  @Test
  void refusesTheWrongPassphrase() throws Exception {
    Path right = Files.writeString(folder.resolve("right"), "battery\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "staple");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Cli cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--passphrase-file", right.toString());

    for (Path file : List.of(wrong, empty)) {
      Cli.Result refused = cli.run("topic", "create", "trip", "--passphrase-file", file.toString());
      assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(refused.err()).doesNotContain("staple", "battery");
    }
  }

  @Test
  void warnsOfAHomeWithoutPassphrase() {
    Cli cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));

    Cli.Result result = cli.run("init", "--no-passphrase");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("warning: without a passphrase");
  }

  private Cli atTerminal(String... typed) {
    answers.addAll(List.of(typed));
    Prompt prompt =
        question -> {
          asked++;
          return answers.isEmpty() ? null : answers.removeFirst().toCharArray();
        };
    return new Cli(folder.resolve("home"), folder.resolve("mirror"), Optional.of(prompt));
  }
}
