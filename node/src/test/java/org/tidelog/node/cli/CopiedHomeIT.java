package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Homes copied, restored and synchronised by the tools that people use. Whatever they did, nobody
 * forks, and a third device reads what all have written.
 */
final class CopiedHomeIT {
  private static final int WAIT_SECONDS_MAX = 60;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Cli original;
  private Cli reader;

  @BeforeEach
  void makeAHome() {
    original = home("home");
    original.json("init", "--no-passphrase", "--display-name", "ada");
    original.json("topic", "create", "trip");
    original.json("append", "trip", "before");
    original.json("publish");
    reader = home("reader");
    reader.json("init", "--no-passphrase", "--display-name", "eve");
    reader.json("topic", "join", original.json("topic", "share", "trip").text("invitation"));
  }

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  private Cli home(String name) {
    return new Cli(folder.resolve(name), folder.resolve("mirror"));
  }

  private static String name(Cli cli) {
    return cli.json("topic", "list").text("name");
  }

  private void tool(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static boolean has(String tool) {
    for (String place : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(place, tool))) return true;
    }
    return false;
  }

  /** Both write and publish; the copy has become another device, and says so once. */
  private void bothGoOn(Cli copy) {
    original.json("append", "trip", "of the original");
    Cli.Result first = copy.run("append", "trip", "of the copy");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err().lines())
        .singleElement()
        .asString()
        .startsWith("tidelog: this home was ");
    assertThat(copy.run("append", "trip", "more of the copy").err()).isEmpty();
    assertThat(name(copy)).isNotEqualTo(name(original));
    original.json("publish");
    copy.json("publish");
    reader.json("follow", name(copy), "--as", "trip");
    reader.json("fetch");

    assertThat(texts(reader))
        .containsExactlyInAnyOrder("before", "of the original", "of the copy", "more of the copy");
    reader.json("verify");
    copy.json("verify");
    assertThat(reader.json("read", "trip", "--all").out()).contains("\"kind\":\"continue\"");
  }

  private static List<String> texts(Cli cli) {
    return cli.json("read", "trip").json().stream()
        .map(entry -> String.valueOf(entry.get("text")))
        .toList();
  }

  @Test
  void aCopyByCpGoesOnAsAnotherDevice() throws Exception {
    tool("cp", "-a", "home", "copy");
    bothGoOn(home("copy"));
  }

  @Test
  void aCopyByRsyncGoesOnAsAnotherDevice() throws Exception {
    assumeTrue(has("rsync"), "no rsync here");
    tool("rsync", "-a", "home/", "copy/");
    bothGoOn(home("copy"));
  }

  @Test
  void aCopyByTarGoesOnAsAnotherDevice() throws Exception {
    Files.createDirectory(folder.resolve("unpacked"));
    tool("tar", "-cf", "home.tar", "home");
    tool("tar", "-xpf", "home.tar", "-C", "unpacked");
    bothGoOn(home("unpacked/home"));
  }

  @Test
  void aHomeCopiedBackIntoItsPlaceIsAnotherDevice() throws Exception {
    tool("cp", "-a", "home", "old");
    original.json("append", "trip", "after the copy");
    original.json("publish");
    String name = name(original);
    tool("rm", "-r", "home");
    tool("cp", "-a", "old", "home");

    original.json("append", "trip", "restored");
    original.json("publish");

    assertThat(name(original)).isNotEqualTo(name);
    original.json("fetch");
    assertThat(texts(original)).containsExactly("before", "after the copy", "restored");
    original.json("verify");
  }

  @Test
  void aHomeWhoseFilesWereCopiedBackOverItIsAnotherDevice() throws Exception {
    tool("cp", "-a", "home", "old");
    original.json("append", "trip", "after the copy");
    original.json("publish");
    String name = name(original);
    tool("cp", "-a", "old/.", "home/");

    original.json("append", "trip", "restored");

    assertThat(name(original)).isNotEqualTo(name);
  }

  @Test
  void aDatabaseThatWasRolledBackAloneIsNoticed() throws Exception {
    tool("cp", "-a", "home/log.db", "old.db");
    original.json("append", "trip", "lost here");
    original.json("publish");
    tool("cp", "-a", "old.db", "home/log.db");

    Map<String, Object> device = last(original.json("status").json());
    assertThat(device).containsEntry("renewalPending", "rolled-back");
    original.json("append", "trip", "restored");
    original.json("publish");
    original.json("fetch");

    assertThat(texts(original)).containsExactly("before", "lost here", "restored");
    assertThat(last(original.json("status").json()))
        .containsEntry("renewedBecause", "rolled-back")
        .doesNotContainKey("renewalPending");
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  @Test
  void movingAndClosingAHomeChangesNothing() throws Exception {
    String name = name(original);
    tool("mv", "home", "moved");
    tool("chmod", "700", "moved");
    tool("chmod", "600", "moved/keys");
    Cli moved = home("moved");

    Cli.Result appended = moved.run("append", "trip", "after");

    assertThat(appended.err()).isEmpty();
    assertThat(name(moved)).isEqualTo(name);
  }

  @Test
  void twoHomesThatAreSynchronisedBothWaysNeverFork() throws Exception {
    tool("cp", "-a", "home", "other");
    Cli other = home("other");
    for (int round = 0; round < 2; round++) {
      original.json("append", "trip", "original " + round);
      original.json("publish");
      synchronise("home", "other");
      other.json("append", "trip", "other " + round);
      other.json("publish");
      synchronise("other", "home");
    }
    original.json("append", "trip", "last");
    original.json("publish");
    original.json("fetch");

    assertThat(texts(original))
        .containsExactlyInAnyOrder(
            "before", "original 0", "other 0", "original 1", "other 1", "last");
    original.json("verify");
  }

  /** As a cloud folder does: each file is replaced by the other side's, under another number. */
  private void synchronise(String from, String to) throws Exception {
    tool("rm", "-r", to);
    tool("cp", "-a", from, to);
  }

  @Test
  void aCopyMadeWhileTheHomeIsOpenIsAnotherDeviceAndTheHomeStaysLocked() throws Exception {
    Process appending = start("append", "trip");
    appending.getOutputStream().write("open\n".getBytes(StandardCharsets.UTF_8));
    appending.getOutputStream().flush();
    assertThat(answers(appending).readLine()).startsWith("trip ");
    tool("cp", "-a", "home", "copy");

    assertThat(original.run("append", "trip", "second").exitCode()).isEqualTo(ExitCodes.LOCKED);
    Cli copy = home("copy");
    Cli.Result written = copy.run("append", "trip", "of the copy");
    appending.getOutputStream().close();

    assertThat(appending.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.err()).startsWith("tidelog: this home was ");
    assertThat(name(copy)).isNotEqualTo(name(original));
  }

  private Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TIDELOG_HOME", folder.resolve("home").toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static BufferedReader answers(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
