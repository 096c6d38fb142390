package org.tidelog.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tidelog.crypto.keystore.Argon2Cost;
import org.tidelog.node.BackupOptions;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Passphrase;
import org.tidelog.node.Progress;
import org.tidelog.node.RestoreOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;

/** The folders of one device that writes, its mirror, and one that reads. */
record Scene(Path folder) {
  /** Topics that the writing device has a log in: one open, one sealed. */
  static final List<String> TOPICS = List.of("trip", "den");

  /** A process that was just killed may hold the lock for a moment more. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  /** Makes both devices; the reader follows the writer's logs. */
  static Scene make(Path folder) throws IOException {
    Scene scene = new Scene(Files.createDirectories(folder));
    Files.createDirectories(scene.temporary());
    Tidelog.init(scene.writer(), InitOptions.defaults().withDisplayName("anna"));
    Tidelog.init(scene.reader(), InitOptions.defaults().withDisplayName("ben"));
    try (Tidelog writer = scene.open(scene.writer());
        Tidelog reader = scene.open(scene.reader())) {
      reader.follow(writer.createTopic("trip", true).name().orElseThrow(), "trip");
      reader.join(writer.createTopic("den", false).invitation(), "den");
    }
    return scene;
  }

  Path writer() {
    return folder.resolve("anna");
  }

  Path reader() {
    return folder.resolve("ben");
  }

  Path mirror() {
    return folder.resolve("mirror");
  }

  /** Homes that a killed process may have left unfinished, one folder each. */
  Path others() {
    return folder.resolve("others");
  }

  /** The same devices and mirror once more, with all that is in them; apart from these. */
  Scene copy(String name) throws IOException {
    Scene copy = new Scene(Files.createDirectories(others().resolve(name)));
    Files.createDirectories(copy.temporary());
    for (Path part : List.of(writer(), reader(), mirror())) {
      Trees.copy(part, copy.folder.resolve(folder.relativize(part)));
    }
    return copy;
  }

  /** Where processes of this scene unpack what they need. */
  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Writes a backup over what is in the file. */
  static void backup(Tidelog home, Path file) {
    BackupOptions options =
        BackupOptions.defaults()
            .withPassphrase(Passphrase.of("of a scene".toCharArray()))
            .withReplacing()
            .withCost(Argon2Cost.LEAST);
    home.backup(file, options, Progress.none());
  }

  /** Makes a home of such a backup, without a passphrase of its own. */
  static void restore(Path file, Path home) {
    RestoreOptions options =
        RestoreOptions.defaults().withBackupPassphrase(Passphrase.of("of a scene".toCharArray()));
    Tidelog.restore(file, home, options, Progress.none());
  }

  Tidelog open(Path home) {
    return Tidelog.open(
        home,
        TidelogOptions.defaults()
            .withMirrors(List.of(mirror().toString()))
            .withLockWait(LOCK_WAIT));
  }
}
