package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code append --durability} as a process of its own. */
final class DurabilityIT {
  private static final int WAIT_SECONDS_MAX = 120;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Cli cli;

  @BeforeEach
  void makeAHome() {
    cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase");
    cli.json("topic", "create", "trip");
  }

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void waitsUntilOthersCanReadIt() throws Exception {
    Cli.Result append = append(cli.mirror().toString(), "--durability", "mirrored", "hello");

    assertThat(append.exitCode()).as(append.err()).isZero();
    assertThat(append.object()).containsEntry("durability", "mirrored").containsEntry("seq", 1L);
    Cli reader = new Cli(folder.resolve("reader"), cli.mirror());
    reader.json("init", "--no-passphrase");
    reader.json("follow", append.text("name"), "--as", "theirs");
    assertThat(reader.json("fetch").object()).containsEntry("size", 2L);
  }

  @Test
  void waitsForEachLineOfItsInput() throws Exception {
    Process process =
        start(List.of("append", "trip", "--durability=mirrored", "--mirror=" + cli.mirror()));
    process.getOutputStream().write("a\nb\n".getBytes(StandardCharsets.UTF_8));

    Cli.Result append = finished(process);

    assertThat(append.json())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).containsEntry("durability", "mirrored"));
  }

  @Test
  void keepsTheEntryWhereTheMirrorIsAway() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");

    Cli.Result append = append(inTheWay.toString(), "--durability", "mirrored", "hello");

    assertThat(append.exitCode()).as(append.out()).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(append.object()).containsEntry("durability", "local").containsEntry("seq", 1L);
    assertThat(append.errors()).hasSize(1);
    Map<String, Object> error = append.errors().get(0);
    assertThat(error).containsEntry("error", "mirror-unwritable");
    assertThat(String.valueOf(error.get("message")))
        .contains("safe on this device, but not yet mirrored")
        .contains(inTheWay.toString());
    assertThat(cli.json("read", "trip").text("text")).isEqualTo("hello");
    assertThat(cli.json("publish").object()).containsEntry("size", 2L);
  }

  @Test
  void isNotMirroredWhileOneLayerIsAway() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    List<String> words =
        List.of(
            "append",
            "trip",
            "--durability=mirrored",
            "--mirror=" + cli.mirror(),
            "--mirror=" + inTheWay,
            "hello");

    Cli.Result append = finished(start(words));

    assertThat(append.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(append.object()).containsEntry("durability", "local");
    assertThat(append.err()).contains(inTheWay.toString());
  }

  @Test
  void stopsWaitingForAMirrorThatDoesNotAnswer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String layer = "kubo:http://127.0.0.1:" + silent.getLocalPort();
      long began = System.nanoTime();

      Cli.Result append = append(layer, "--durability", "mirrored", "--timeout", "1s", "hello");

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(20);
      assertThat(append.exitCode()).as(append.err()).isEqualTo(ExitCodes.INCOMPLETE);
      assertThat(append.object()).containsEntry("durability", "local");
      assertThat(append.errors().get(0)).containsEntry("error", "unreachable");
    }
    assertThat(cli.json("read", "trip").text("text")).isEqualTo("hello");
    assertThat(cli.json("verify").json()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailbox", "mailbox:2", "replicated", "replicated:3", "read"})
  void refusesByNameWhatThisVersionCannotDo(String rung) throws Exception {
    Cli.Result append = append(cli.mirror().toString(), "--durability", rung, "hello");

    assertThat(append.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(append.out()).isEmpty();
    assertThat(append.errors()).hasSize(1);
    assertThat(append.errors().get(0))
        .containsEntry("error", "unsupported")
        .hasEntrySatisfying("hint", hint -> assertThat(hint).asString().contains("mirrored"));
    assertThat(String.valueOf(append.errors().get(0).get("message")))
        .contains(rung.split(":")[0])
        .contains(rung.startsWith("mailbox") ? "a mailbox" : "the daemon");
    assertThat(cli.run("--json", "read", "trip").out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"safe", "mirrored:2", "local:1", "mailbox:0", "mailbox:", ""})
  void refusesWhatIsNoRung(String rung) {
    Cli.Result append = cli.fails(ExitCodes.USAGE, "append", "trip", "--durability=" + rung, "hi");

    assertThat(append.errors().get(0)).containsEntry("error", "usage");
  }

  private Cli.Result append(String layer, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("append", "trip", "--mirror=" + layer));
    all.addAll(List.of(words));
    return finished(start(all));
  }

  private Process start(List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--json",
                "--home=" + cli.home()));
    command.addAll(words);
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static Cli.Result finished(Process process) throws Exception {
    process.getOutputStream().close();
    assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return new Cli.Result(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
