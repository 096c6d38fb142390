package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that becomes full before each step of a life, and has room again afterwards. */
final class FullDiskIT {
  /** What is left when it counts as full: nothing, a few pages of the store, more of them. */
  private static final int[] ROOM_BYTES = {0, 16_384, 65_536};

  /** What writes nothing, and has to be told also on a full disk. */
  private static final Set<String> WRITES_NOTHING = Set.of("status", "verify");

  private static final Set<String> ONCE = Set.of("init", "topic", "restore");

  private static final int CHUNK_BYTES = 4_096;
  private static final String WORDS = "--backup-passphrase-file";
  private static final String NO_WORDS = "--no-passphrase";

  @TempDir Path folder;
  private Path disk;
  private Path lines;
  private Path words;
  private Cli anna;
  private Cli ben;
  private Cli eve;
  private int acknowledged;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    words = Files.writeString(folder.resolve("words"), "battery staple\n");
    int mounted = shell("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
    assumeTrue(mounted == 0, "only root can mount a small disk");
    lines = Files.writeString(folder.resolve("lines"), ("x".repeat(200) + "\n").repeat(300));
    anna = new Cli(disk.resolve("anna"), disk.resolve("mirror"));
    ben = new Cli(disk.resolve("ben"), disk.resolve("mirror"));
    eve = new Cli(disk.resolve("eve"), disk.resolve("mirror"));
  }

  @AfterEach
  void unmount() throws Exception {
    shell("umount", disk.toString());
  }

  @Test
  void losesNothingAtAnyStepAndGoesOnWhenThereIsRoom() throws Exception {
    step(anna, "init", "--no-passphrase", "--quiet");
    step(ben, "init", "--no-passphrase", "--quiet");
    step(anna, "topic", "create", "trip", "--open");
    String name = String.valueOf(anna.json("status").json().get(0).get("name"));
    append("append", "trip", "a first text");
    append("import", "trip", lines.toString(), "--format", "lines");
    step(anna, "publish", "--index");
    step(ben, "follow", name, "--as", "trip");
    step(ben, "fetch");
    append("append", "trip", "a second text");
    step(anna, "delete", "trip", "1");
    step(anna, "publish");
    step(anna, "read", "trip");
    step(anna, "status");
    step(anna, "verify");
    step(ben, "fetch");
    step(anna, "export", "trip", disk.resolve("trip.car").toString());
    step(ben, "import-car", disk.resolve("trip.car").toString());
    step(anna, "backup", disk.resolve("backup").toString(), WORDS, words.toString(), "--force");
    step(eve, "restore", disk.resolve("backup").toString(), WORDS, words.toString(), NO_WORDS);
    assertThat(ben.json("fetch").object()).containsEntry("complete", true);
    assertThat(ben.json("read", "trip").json()).hasSameSizeAs(anna.json("read", "trip").json());
  }

  /** Appending is acknowledged line by line, also where it fails then. */
  private void append(String... words) throws IOException {
    boolean failed = false;
    for (int room : ROOM_BYTES) {
      Cli.Result result = whenFull(room, anna, words);
      acknowledged += acknowledged(result);
      failed |= result.exitCode() == ExitCodes.NO_SPACE;
    }
    assertThat(failed).as(String.join(" ", words) + " never found the disk full").isTrue();
    acknowledged += acknowledged(anna.json(words));
    assertThat(anna.json("read", "trip").json()).hasSizeGreaterThanOrEqualTo(acknowledged);
  }

  private static int acknowledged(Cli.Result result) {
    return result.json().stream()
        .mapToInt(line -> ((Long) line.getOrDefault("entries", 1L)).intValue())
        .sum();
  }

  private void step(Cli device, String... words) throws IOException {
    boolean done = false;
    boolean failed = false;
    for (int room : ROOM_BYTES) {
      int exitCode = whenFull(room, device, words).exitCode();
      done |= exitCode == ExitCodes.DONE;
      failed |= exitCode == ExitCodes.NO_SPACE;
    }
    assertThat(failed)
        .as(String.join(" ", words) + " found the disk full")
        .isEqualTo(!WRITES_NOTHING.contains(words[0]));
    // What can be done once only may have been done already.
    if (!done || !ONCE.contains(words[0])) device.json(words);
    if (acknowledged > 0) anna.json("verify");
  }

  private Cli.Result whenFull(int room, Cli device, String... words) throws IOException {
    Path filler = disk.resolve("filler");
    fill(filler, room);
    String[] all = new String[words.length + 1];
    all[0] = "--json";
    System.arraycopy(words, 0, all, 1, words.length);
    Cli.Result result = device.run(all);
    Files.delete(filler);
    String what = String.join(" ", words) + " with " + room + " bytes left: " + result.err();
    assertThat(result.exitCode())
        .as(what)
        .isIn(ExitCodes.DONE, ExitCodes.FAILED, ExitCodes.NO_SPACE);
    if (result.exitCode() == ExitCodes.FAILED) {
      // Done already, when there was a little more room.
      assertThat(result.err()).as(what).contains("\"exists\"");
    }
    if (result.exitCode() == ExitCodes.NO_SPACE) {
      assertThat(result.errors().get(0)).as(what).containsEntry("error", "no-space");
    }
    return result;
  }

  private void fill(Path filler, int room) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (disk.toFile().getUsableSpace() > room) {
        out.write(new byte[CHUNK_BYTES]);
      }
    } catch (IOException e) {
      // It is full.
    }
  }

  private static int shell(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return -1; // There is no such program.
    }
  }
}
