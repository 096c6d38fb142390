package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, restore and recovery as a person or a script uses them. */
final class BackupCommandsTest {
  @TempDir Path folder;

  private Cli kim;
  private Path file;
  private String words;
  private String otherWords;

  @BeforeEach
  void prepare() throws IOException {
    kim = device("kim");
    file = folder.resolve("kim.tdlb");
    words = Files.writeString(folder.resolve("words"), "correct horse\n").toString();
    otherWords = Files.writeString(folder.resolve("other-words"), "incorrect horse\n").toString();
  }

  private Cli device(String name) {
    return new Cli(folder.resolve(name), folder.resolve("mirror"));
  }

  private Cli atTerminal(String name, String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    return new Cli(
        folder.resolve(name),
        folder.resolve("mirror"),
        Optional.of(question -> left.isEmpty() ? null : left.remove().toCharArray()));
  }

  private void begin() {
    kim.json("init", "--display-name", "Kim", "--no-passphrase");
    kim.json("topic", "create", "trip");
    kim.json("append", "trip", "see you at nine");
  }

  @Test
  void tellsTheWholeStory() {
    begin();
    Cli.Result made = kim.json("backup", file.toString(), "--backup-passphrase-file", words);
    kim.json("append", "trip", "and bring a towel");
    kim.json("publish");

    Cli again = device("kim-2");
    Cli.Result restored =
        again.json(
            "restore", file.toString(), "--backup-passphrase-file", words, "--no-passphrase");
    again.json("fetch");
    again.json("append", "trip", "I lost my phone");

    assertThat(made.object()).containsEntry("file", file.toString()).containsEntry("entries", 2L);
    assertThat(restored.object())
        .containsEntry("file", file.toString())
        .containsEntry("entries", 2L)
        .containsEntry("bytes", made.object().get("bytes"))
        .containsEntry("topics", 1L)
        .containsKeys("peerId", "home", "made");
    assertThat(again.json("read", "trip").json())
        .extracting(line -> line.get("author") + ": " + line.get("text"))
        .containsExactly("Kim: see you at nine", "Kim: and bring a towel", "Kim: I lost my phone");
    assertThat(again.json("verify").json()).allMatch(line -> line.get("ok").equals(true));
    again.json("publish");
    assertThat(kim.json("fetch").exitCode()).isZero();
  }

  @Test
  void saysThatTheMirrorIsToBeNamedAnew() {
    begin();
    kim.json("backup", file.toString(), "--backup-passphrase-file", words);

    Cli.Result restored =
        device("kim-2")
            .run("restore", file.toString(), "--backup-passphrase-file", words, "--no-passphrase");

    assertThat(restored.err()).contains("Next: 'tidelog config set mirror …'", "'tidelog fetch'");
  }

  @Test
  void usesOnePassphraseForHomeAndBackupWhereOneIsGiven() {
    kim.json("init", "--passphrase-file", words);
    kim.json("topic", "create", "trip", "--passphrase-file", words);
    kim.json("backup", file.toString(), "--passphrase-file", words);

    Cli again = device("kim-2");
    again.json("restore", file.toString(), "--passphrase-file", words);

    assertThat(again.fails(ExitCodes.FAILED, "append", "trip", "a").errors().get(0))
        .containsEntry("error", "needs-passphrase");
    again.json("append", "trip", "a", "--passphrase-file", words);
  }

  @Test
  void asksAtATerminalOnce() {
    begin();
    atTerminal("kim", "battery", "battery").json("backup", file.toString());

    atTerminal("kim-2", "battery").json("restore", file.toString());
    atTerminal("kim-2", "battery").json("append", "trip", "a");
    atTerminal("kim-3", "battery").json("restore", file.toString(), "--no-passphrase");
    device("kim-3").json("append", "trip", "a");
  }

  @Test
  void refusesWithTheExitCodesOfOtherCommands() throws IOException {
    begin();
    String name = file.toString();
    assertThat(kim.fails(ExitCodes.FAILED, "backup", name).errors().get(0))
        .containsEntry("error", "needs-passphrase");
    kim.json("backup", name, "--backup-passphrase-file", words);
    assertThat(
            kim.fails(ExitCodes.FAILED, "backup", name, "--backup-passphrase-file", words)
                .errors()
                .get(0))
        .containsEntry("error", "exists");
    kim.json("backup", name, "--backup-passphrase-file", words, "--force");
    Cli again = device("kim-2");
    assertThat(restore(again, ExitCodes.FAILED, otherWords)).isEqualTo("bad-passphrase");
    assertThat(restore(kim, ExitCodes.FAILED, words)).isEqualTo("exists");
    Files.write(file, new byte[] {'T', 'D', 'L', 'B', 1, 0});
    assertThat(restore(again, ExitCodes.WRONG_DATA, words)).isEqualTo("bad-backup");
    Files.delete(file);
    assertThat(restore(again, ExitCodes.FAILED, words)).isEqualTo("io");
    assertThat(again.home()).doesNotExist();
  }

  private String restore(Cli cli, int exitCode, String passphrase) {
    Cli.Result result =
        cli.fails(
            exitCode,
            "restore",
            file.toString(),
            "--no-passphrase",
            "--backup-passphrase-file",
            passphrase);
    return String.valueOf(result.errors().get(0).get("error"));
  }

  @Test
  void showsTheRecoveryPhraseOnceAndBeginsAnewWithIt() throws IOException {
    String phrase = kim.json("init", "--no-passphrase").text("recoveryPhrase");
    kim.json("topic", "create", "trip");
    kim.json("append", "trip", "one");
    kim.json("publish");
    Cli lee = device("lee");
    lee.json("init", "--no-passphrase", "--no-recovery-phrase");
    lee.json("topic", "join", kim.json("topic", "share", "trip").text("invitation"));
    lee.json("fetch");
    String invitation = lee.json("topic", "share", "trip").text("invitation");
    lee.json("publish");

    assertThat(phrase.split(" ")).hasSize(24);
    assertThat(kim.run("status").out()).doesNotContain(phrase.split(" ")[0] + " ");
    Path typed =
        Files.writeString(
            folder.resolve("typed"), "\n" + phrase.toUpperCase(Locale.ROOT).replace(" ", "\n"));
    Cli again = device("kim-2");
    again.json("init", "--recover", typed.toString(), "--no-passphrase");
    again.json("topic", "join", invitation);
    again.json("fetch");
    again.json("append", "trip", "two");

    String old = String.valueOf(kim.json("status").json().get(0).get("name"));
    assertThat(again.json("read", "trip", "--all").json())
        .anySatisfy(line -> assertThat(line).containsEntry("kind", "continue"));
    assertThat(again.json("status").out()).contains(old);
  }

  @Test
  void takesThePhraseFromStandardInputOrTheTerminal() {
    String phrase = kim.json("init", "--no-passphrase").text("recoveryPhrase");

    String[] piped = {"--json", "init", "--recover", "-", "--no-passphrase"};
    assertThat(device("a").run(phrase, piped).object()).doesNotContainKey("recoveryPhrase");
    String[] plain = {"--json", "init", "--recover", "--no-passphrase"};
    assertThat(device("b").run(phrase, plain).exitCode()).isZero();
    atTerminal("c", phrase).json("init", "--no-passphrase", "--recover");
  }

  @Test
  void saysWhatIsWrongWithAPhrase() {
    String phrase = kim.json("init", "--no-passphrase").text("recoveryPhrase");
    String[] words = phrase.split(" ");
    words[2] = "abandom";

    Cli.Result result =
        atTerminal("b", String.join(" ", words))
            .fails(ExitCodes.WRONG_DATA, "init", "--recover", "--no-passphrase");

    assertThat(result.errors().get(0))
        .containsEntry("error", "bad-phrase")
        .containsEntry(
            "message",
            "recovery phrase: no recovery phrase: word 3 (abandom) is not in the list; is it"
                + " abandon?");
    assertThat(result.err()).doesNotContain(words[0] + " " + words[1]);
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void printsThePhraseForPeople() {
    Cli.Result shown = kim.run("init", "--no-passphrase");
    Cli.Result hidden = device("b").run("init", "--no-passphrase", "--no-recovery-phrase");

    assertThat(shown.out()).contains("never shown again").hasLineCount(9);
    assertThat(hidden.out()).hasLineCount(1);
  }
}
