package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: exit codes, signals, pipes, locks. */
final class ProcessIT {
  private static final int WAIT_SECONDS_MAX = 60;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeAHome() {
    Cli cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase");
    cli.json("topic", "create", "trip");
  }

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void exitsWithTheCodeOfTheFailure() throws Exception {
    assertThat(run("--version").exitValue()).isZero();
    assertThat(run("read", "none").exitValue()).isEqualTo(ExitCodes.FAILED);
    assertThat(run("nonsense").exitValue()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void keepsWhatWasAcknowledgedBeforeAKill() throws Exception {
    Process appending = start("append", "trip", "--json");
    OutputStream typing = appending.getOutputStream();
    BufferedReader answers = reader(appending);
    typing.write("first\nsecond\n".getBytes(StandardCharsets.UTF_8));
    typing.flush();
    assertThat(answers.readLine()).contains("\"seq\":1");
    assertThat(answers.readLine()).contains("\"seq\":2");

    appending.destroyForcibly().waitFor();
    Process read = run("read", "trip", "--json");

    assertThat(output(read)).contains("first", "second");
    assertThat(run("verify").exitValue()).isZero();
  }

  @Test
  void refusesAHomeInUse() throws Exception {
    Process appending = start("append", "trip");
    appending.getOutputStream().write("a\n".getBytes(StandardCharsets.UTF_8));
    appending.getOutputStream().flush();
    assertThat(reader(appending).readLine()).startsWith("trip 1");

    Process second = run("status", "--json");

    assertThat(second.exitValue()).isEqualTo(ExitCodes.LOCKED);
    assertThat(errors(second)).startsWith("{\"error\":\"locked\"");
  }

  @Test
  void endsWith130WhenInterrupted() throws Exception {
    Process appending = start("append", "trip");
    appending.getOutputStream().write("a\n".getBytes(StandardCharsets.UTF_8));
    appending.getOutputStream().flush();
    reader(appending).readLine();

    new ProcessBuilder("kill", "-INT", Long.toString(appending.pid())).start().waitFor();

    assertThat(appending.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(appending.exitValue()).isEqualTo(130);
    assertThat(errors(appending)).isEmpty();
  }

  @Test
  void endsQuietlyWhenNobodyReadsOn() throws Exception {
    Path lines =
        Files.writeString(folder.resolve("lines"), "a line of some length\n".repeat(5_000));
    run("import", "trip", lines.toString(), "--format", "lines");

    Process read = start("read", "trip");
    reader(read).readLine();
    read.getInputStream().close();

    assertThat(read.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(read.exitValue()).isZero();
    assertThat(errors(read)).isEmpty();
  }

  @Test
  void leavesNothingOfADemoBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path chat =
        Files.writeString(folder.resolve("chat"), "[10:00] <kim> hi\n[10:01] <lee> hello\n");

    List<String> command = command("demo", chat.toString());
    command.add(1, "-Djava.io.tmpdir=" + temporary);
    Process demo = finished(started(command));

    assertThat(demo.exitValue()).as(output(demo) + errors(demo)).isZero();
    try (var left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("tidelog")))
          .isEmpty();
    }
  }

  private Process run(String... args) throws Exception {
    return finished(start(args));
  }

  private Process start(String... args) throws IOException {
    return started(command(args));
  }

  private Process started(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TIDELOG_HOME", folder.resolve("home").toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static Process finished(Process process) throws Exception {
    process.getOutputStream().close();
    assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return process;
  }

  private static List<String> command(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
