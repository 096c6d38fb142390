package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
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

/** Full disks, mirrors nobody may write, little memory: what needs processes and file systems. */
final class BadPlaceIT {
  private static final int WAIT_SECONDS_MAX = 60;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Path disk;

  /** What a process came to. */
  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void makeAHome() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Files.createDirectory(folder.resolve("tmp"));
  }

  @AfterEach
  void cleanUp() throws Exception {
    started.forEach(Process::destroyForcibly);
    if (isMounted()) {
      assertThat(shell("umount", disk.toString())).isZero();
    }
  }

  @Test
  void keepsWhatWasAcknowledgedWhenTheDiskIsFull() throws Exception {
    mount("size=2m");
    Path home = disk.resolve("home");
    run(home, "init", "--no-passphrase", "--quiet");
    run(home, "topic", "create", "trip");
    run(home, "append", "trip", "acknowledged");
    Path lines =
        Files.writeString(folder.resolve("lines"), ("x".repeat(200) + "\n").repeat(30_000));

    Result full = run(home, "import", "trip", lines.toString(), "--format", "lines");

    assertThat(full.exitCode).as(full.err).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(full.err).startsWith("{\"error\":\"no-space\"");
    assertThat(full.err.lines()).hasSize(1);
    assertThat(run(home, "verify").exitCode).isZero();
    assertThat(run(home, "read", "trip").out.lines().findFirst())
        .get()
        .asString()
        .contains("acknowledged");
  }

  @Test
  void publishesWholeOrNotAtAllWhenTheMirrorIsFull() throws Exception {
    mount("size=64k");
    Path home = newHome();
    Path lines = Files.writeString(folder.resolve("lines"), ("x".repeat(200) + "\n").repeat(1_000));
    run(home, "import", "trip", lines.toString(), "--format", "lines");

    Result full = run(home, "publish", "--mirror", disk.toString());

    assertThat(full.exitCode).as(full.err).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(disk.resolve("names"))
        .satisfiesAnyOf(
            names -> assertThat(names).doesNotExist(),
            names -> assertThat(names).isEmptyDirectory());
  }

  @Test
  void readsFromAMirrorItMayNotWriteTo() throws Exception {
    mount("size=1m");
    Path home = newHome();
    run(home, "append", "trip", "hello");
    run(home, "publish", "--mirror", disk.toString());
    mount("remount,ro");
    run(home, "append", "trip", "more");

    Result publish = run(home, "publish", "--mirror", disk.toString());
    assertThat(publish.exitCode).isEqualTo(ExitCodes.FAILED);
    assertThat(publish.err).startsWith("{\"error\":\"mirror-unwritable\"");

    String name = run(home, "status").out.replaceAll("(?s).*?\"name\":\"([^\"]*)\".*", "$1");
    Path other = folder.resolve("other");
    run(other, "init", "--no-passphrase");
    run(other, "follow", name);
    assertThat(run(other, "fetch", "--mirror", disk.toString()).out).contains("\"complete\":true");
  }

  @Test
  void readsNothingOfAFileThatIsTooLarge() throws Exception {
    Path home = newHome();
    Path mirror = folder.resolve("mirror");
    run(home, "publish", "--mirror", mirror.toString());
    String name = run(home, "status").out.replaceAll("(?s).*?\"name\":\"([^\"]*)\".*", "$1");
    Path other = folder.resolve("other");
    run(other, "init", "--no-passphrase");
    run(other, "follow", name);
    try (RandomAccessFile huge =
        new RandomAccessFile(mirror.resolve("names/" + name).toFile(), "rw")) {
      huge.setLength(1L << 32);
    }

    List<String> fetch = command(other, "fetch", "--mirror", mirror.toString());
    fetch.add(1, "-Xmx32m");
    Result result = finished(start(fetch));

    assertThat(result.exitCode).as(result.err).isEqualTo(ExitCodes.WRONG_DATA);
    assertThat(result.err).contains("\"bad-record\"");
  }

  @Test
  void keepsToTheLimitOfAFilesSize() throws Exception {
    Path home = newHome();
    run(home, "append", "trip", "acknowledged");
    Path lines =
        Files.writeString(folder.resolve("lines"), ("x".repeat(200) + "\n").repeat(30_000));

    Result full = limited(2_048, home, "import", "trip", lines.toString(), "--format", "lines");

    assertThat(full.exitCode).as(full.err).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(full.err).startsWith("{\"error\":\"no-space\"");
    assertThat(full.err.lines()).hasSize(1);
    assertThat(run(home, "verify").exitCode).isZero();
    assertThat(run(home, "import", "trip", lines.toString(), "--format", "lines").exitCode)
        .isZero();
    Path file = folder.resolve("trip.car");
    full = limited(2_048, home, "export", "trip", file.toString());
    assertThat(full.exitCode).as(full.err).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(file).doesNotExist();
    full = limited(64, home, "append", "trip", "more than fits");
    assertThat(full.exitCode).as(full.err).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(run(home, "read", "trip").out.lines().findFirst())
        .get()
        .asString()
        .contains("acknowledged");
  }

  /** Runs in a process that may make no file larger than so many KiB. */
  private Result limited(int kib, Path home, String... args) throws Exception {
    assumeTrue(shell("bash", "-c", "ulimit -f 64") == 0, "no shell that bounds files");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", "ulimit -f " + kib + " && exec \"$@\"", "bash"));
    command.addAll(command(home, args));
    return finished(start(command));
  }

  @Test
  void saysOnceThatItsOutputCannotBeWritten() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no device that is always full");
    Path home = newHome();
    ProcessBuilder builder = new ProcessBuilder(command(home, "append", "trip", "kept"));
    builder.redirectOutput(Path.of("/dev/full").toFile());

    Result result = finished(started(builder.start()));

    assertThat(result.exitCode).isEqualTo(ExitCodes.NO_SPACE);
    assertThat(result.err.lines()).hasSize(1);
    assertThat(run(home, "read", "trip").out).contains("kept");
  }

  @Test
  void waitsForAHomeThatIsSoonFree() throws Exception {
    Path home = newHome();
    Process first = start(command(home, "append", "trip"));
    first.getOutputStream().write("a\n".getBytes(StandardCharsets.UTF_8));
    first.getOutputStream().flush();
    new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8))
        .readLine();

    Process second = start(command(home, "append", "trip", "b"));
    assertThat(second.waitFor(1, TimeUnit.SECONDS)).isFalse();
    first.getOutputStream().close();

    assertThat(finished(second).exitCode).isZero();
    assertThat(run(home, "read", "trip").out.lines()).hasSize(2);
  }

  private Path newHome() throws Exception {
    Path home = folder.resolve("home");
    run(home, "init", "--no-passphrase", "--quiet");
    run(home, "topic", "create", "trip", "--open");
    return home;
  }

  private void mount(String options) throws Exception {
    int exitCode = shell("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
    assumeTrue(exitCode == 0, "only root can mount a small disk");
  }

  private boolean isMounted() throws IOException {
    Path mounts = Path.of("/proc/mounts");
    return Files.exists(mounts) && Files.readString(mounts).contains(disk.toString());
  }

  private int shell(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return -1; // There is no such program.
    }
  }

  private Result run(Path home, String... args) throws Exception {
    return finished(start(command(home, args)));
  }

  private Process start(List<String> command) throws IOException {
    return started(new ProcessBuilder(command).start());
  }

  private Process started(Process process) {
    started.add(process);
    return process;
  }

  private static Result finished(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }

  private List<String> command(Path home, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--json",
                "--home=" + home));
    command.addAll(List.of(args));
    return command;
  }
}
