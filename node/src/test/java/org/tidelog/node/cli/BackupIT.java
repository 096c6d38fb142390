package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only processes of their own show of backups: little memory, and being killed. */
final class BackupIT {
  /** Of all of them together, more than the processes have memory. */
  private static final int ENTRIES = 320_000;

  private static final String TEXT = "0123456789".repeat(22);
  private static final int WAIT_SECONDS_MAX = 300;
  private static final int KILLS = 12;

  @TempDir Path folder;
  private Cli cli;
  private Path words;
  private Path backup;

  @BeforeEach
  void makeAHome() throws IOException {
    cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase");
    cli.json("topic", "create", "trip");
    words = Files.writeString(folder.resolve("words"), "correct horse");
    backup = folder.resolve("backup");
  }

  private void fill(int entries) throws IOException {
    Path lines = folder.resolve("lines");
    try (Writer out = Files.newBufferedWriter(lines)) {
      for (int i = 0; i < entries; i++) {
        out.write(i + " " + TEXT + "\n");
      }
    }
    cli.json("import", "trip", lines.toString(), "--format", "lines");
    Files.delete(lines);
  }

  @Test
  void takesLittleMemoryHoweverMuchThereIs() throws Exception {
    fill(ENTRIES);

    Process made = run("home", "-Xmx64m", "backup", backup.toString());
    assertThat(made.exitValue()).as(errors(made)).isZero();
    assertThat(Files.size(backup)).isGreaterThan(64 << 20);
    Process restored = run("home-2", "-Xmx64m", "restore", backup.toString(), "--no-passphrase");

    assertThat(restored.exitValue()).as(errors(restored)).isZero();
    Cli again = new Cli(folder.resolve("home-2"), folder.resolve("mirror"));
    assertThat(again.json("verify").json())
        .anySatisfy(
            log ->
                assertThat(log).containsEntry("ok", true).containsEntry("entries", ENTRIES + 1L));
  }

  @Test
  void leavesNoHalfHomeWhenItIsKilled() throws Exception {
    fill(20_000);
    Process made = run("home", "-Xmx128m", "backup", backup.toString());
    assertThat(made.exitValue()).as(errors(made)).isZero();
    Random random = new Random(11);
    Path home = folder.resolve("home-2");

    for (int i = 0; i < KILLS; i++) {
      Process process =
          start("home-2", "-Xmx128m", "restore", backup.toString(), "--no-passphrase");
      process.waitFor(300 + random.nextInt(2_500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (Files.exists(home)) break;
    }
    if (!Files.exists(home)) {
      Process last = run("home-2", "-Xmx128m", "restore", backup.toString(), "--no-passphrase");
      assertThat(last.exitValue()).as(errors(last)).isZero();
    }

    Cli again = new Cli(home, folder.resolve("mirror"));
    assertThat(again.json("verify").json())
        .anySatisfy(
            log -> assertThat(log).containsEntry("ok", true).containsEntry("entries", 20_001L));
    again.json("append", "trip", "and on it goes");
  }

  @Test
  void leavesNoHalfBackupWhenItIsKilled() throws Exception {
    fill(20_000);
    Random random = new Random(12);
    for (int i = 0; i < KILLS && !Files.exists(backup); i++) {
      Process process = start("home", "-Xmx128m", "backup", backup.toString());
      process.waitFor(300 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    if (!Files.exists(backup)) {
      assertThat(run("home", "-Xmx128m", "backup", backup.toString()).exitValue()).isZero();
    }

    Cli again = new Cli(folder.resolve("home-2"), folder.resolve("mirror"));
    assertThat(
            again
                .json(
                    "restore",
                    backup.toString(),
                    "--no-passphrase",
                    "--backup-passphrase-file",
                    words.toString())
                .object())
        .containsEntry("entries", 20_001L);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(path -> path.getFileName().toString().equals("backup"))).hasSize(1);
    }
  }

  private Process run(String home, String heap, String... args) throws Exception {
    Process process = start(home, heap, args);
    assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return process;
  }

  private Process start(String home, String heap, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home=" + folder.resolve(home),
                "--quiet"));
    command.addAll(List.of(args));
    command.add("--backup-passphrase-file=" + words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
