package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.Argon2Cost;

/** Homes that are copied and rolled back, in one process. */
final class IncarnationsTest {
  @TempDir Path folder;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Tidelog> open = new ArrayList<>();
  private Path home;

  @BeforeEach
  void makesAHome() {
    home = folder.resolve("home");
    Tidelog.init(home, InitOptions.defaults().withDisplayName("ada"));
    try (Tidelog tidelog = open(home)) {
      tidelog.createTopic("trip", false).append("one");
    }
  }

  @AfterEach
  void closesAll() {
    open.forEach(Tidelog::close);
  }

  private Tidelog open(Path path) {
    Tidelog tidelog =
        Tidelog.open(
            path,
            TidelogOptions.defaults()
                .withMirrors(List.of(folder.resolve("mirror").toString()))
                .withNotices(notices::add));
    open.add(tidelog);
    return tidelog;
  }

  private static Topic trip(Tidelog tidelog) {
    return tidelog.topic("trip").orElseThrow();
  }

  private static IpnsName name(Tidelog tidelog) {
    return trip(tidelog).name().orElseThrow();
  }

  private Path copy(Path from, String to) {
    Path target = folder.resolve(to);
    copyOver(from, target);
    return target;
  }

  private static void copyOver(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                throws IOException {
              Path made = to.resolve(from.relativize(dir).toString());
              if (!Files.exists(made)) {
                Files.copy(dir, made, StandardCopyOption.COPY_ATTRIBUTES);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.copy(
                  file,
                  to.resolve(from.relativize(file).toString()),
                  StandardCopyOption.COPY_ATTRIBUTES,
                  StandardCopyOption.REPLACE_EXISTING);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesOnWhereItWrote() {
    IpnsName before;
    try (Tidelog tidelog = open(home)) {
      before = name(tidelog);
      trip(tidelog).append("two");
      assertThat(tidelog.status().device().pending()).isEmpty();
    }
    try (Tidelog tidelog = open(home)) {
      trip(tidelog).append("three");
      assertThat(name(tidelog)).isEqualTo(before);
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void aCopyIsANewDeviceFromItsFirstWriteOn() {
    Path copied = copy(home, "copy");
    try (Tidelog original = open(home);
        Tidelog copy = open(copied)) {
      assertThat(copy.status().device().pending()).contains(RenewalReason.COPIED);
      assertThat(name(copy)).isEqualTo(name(original));

      Receipt mine = trip(original).append("of the original");
      Receipt other = trip(copy).append("of the copy");

      assertThat(mine.log()).isEqualTo(name(original)).isNotEqualTo(other.log());
      assertThat(other.log()).isEqualTo(name(copy));
      assertThat(mine.seq()).isEqualTo(2);
      assertThat(other.seq()).isEqualTo(3); // Behind genesis, continue and alias.
      assertThat(copy.device().peerId()).isNotEqualTo(original.device().peerId());
      assertThat(notices).hasSize(1);
      assertThat(notices.get(0).message()).startsWith("this home was copied");
      assertThat(Devices.texts(trip(copy))).containsExactly("ada: one", "ada: of the copy");
      assertThat(copy.status().device().pending()).isEmpty();
      assertThat(copy.status().device().renewed().orElseThrow().reason())
          .isEqualTo(RenewalReason.COPIED);
      assertThat(copy.verify(null, Progress.none())).allMatch(VerifyReport::ok);
      LogStatus continued = status(copy, other.log());
      assertThat(continued.continues()).contains(new Continued(mine.log(), 2, true));
      assertThat(status(copy, mine.log()).own()).isFalse();
    }
    try (Tidelog copy = open(copied)) {
      trip(copy).append("again");
    }
    assertThat(notices).hasSize(1);
  }

  private static LogStatus status(Tidelog tidelog, IpnsName log) {
    return tidelog.status().logs().stream()
        .filter(status -> status.name().equals(log))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void originalAndCopyAreReadByAThird() {
    Path copied = copy(home, "copy");
    Path third = folder.resolve("third");
    Tidelog.init(third, InitOptions.defaults().withDisplayName("eve"));
    try (Tidelog original = open(home);
        Tidelog copy = open(copied);
        Tidelog reader = open(third)) {
      trip(original).append("of the original");
      trip(copy).append("of the copy");
      Devices.publish(original);
      Devices.publish(copy);
      reader.join(trip(copy).invitation(), "trip");

      List<FetchReport> reports = Devices.fetch(reader);

      assertThat(reports).allMatch(report -> report.problems().isEmpty() && report.complete());
      assertThat(Devices.texts(trip(reader)))
          .containsExactlyInAnyOrder("ada: one", "ada: of the original", "ada: of the copy");
      Devices.fetch(copy);
      assertThat(Devices.texts(trip(copy))).contains("ada: of the original");
    }
  }

  @Test
  void whatWasNeverPublishedGoesOutUnderTheOldName() {
    List<Draft> many = new ArrayList<>();
    for (int i = 0; i < 1500; i++)
      many.add(Draft.of(("line " + i).getBytes(StandardCharsets.UTF_8)));
    try (Tidelog tidelog = open(home)) {
      trip(tidelog).appendAll(many);
    }
    Path copied = copy(home, "copy");
    Path third = folder.resolve("third");
    Tidelog.init(third, InitOptions.defaults().withDisplayName("eve"));
    try (Tidelog copy = open(copied);
        Tidelog reader = open(third)) {
      trip(copy).append("of the copy");
      Devices.publish(copy);
      reader.join(trip(copy).invitation(), "trip");

      List<FetchReport> reports = Devices.fetch(reader);

      assertThat(reports).allMatch(report -> report.problems().isEmpty() && report.complete());
      assertThat(Devices.texts(trip(reader)))
          .hasSize(1502)
          .contains("ada: one", "ada: line 1499", "ada: of the copy");
    }
    try (Tidelog original = open(home)) {
      trip(original).append("of the original");
      Devices.publish(original); // The record that the copy has put is of this very log.
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void aBackupRemembersWhatIsToGoOutUnderTheOldName() {
    List<Draft> many = new ArrayList<>();
    for (int i = 0; i < 1500; i++)
      many.add(Draft.of(("line " + i).getBytes(StandardCharsets.UTF_8)));
    try (Tidelog tidelog = open(home)) {
      trip(tidelog).appendAll(many);
    }
    Passphrase words = Passphrase.of("correct horse".toCharArray());
    Path backup = folder.resolve("trip.tdlb");
    try (Tidelog copy = open(copy(home, "copy"))) {
      trip(copy).append("of the copy");
      BackupOptions options =
          BackupOptions.defaults().withPassphrase(words).withCost(Argon2Cost.LEAST);
      copy.backup(backup, options, Progress.none());
    }
    Path again = folder.resolve("again");
    RestoreOptions opening = RestoreOptions.defaults().withBackupPassphrase(words);
    Tidelog.restore(backup, again, opening, Progress.none());
    Path third = folder.resolve("third");
    Tidelog.init(third, InitOptions.defaults());
    try (Tidelog restored = open(again);
        Tidelog reader = open(third)) {
      trip(restored).append("of the restored");
      Devices.publish(restored);
      reader.join(trip(restored).invitation(), "trip");
      Devices.fetch(reader);

      assertThat(Devices.texts(trip(reader))).contains("ada: one", "ada: line 1499");
    }
  }

  @Test
  void aStoreThatWasRolledBackIsNoticed() throws IOException {
    Path older = copy(home, "older");
    try (Tidelog tidelog = open(home)) {
      trip(tidelog).append("lost");
    }
    // In place, so that the file stays the same one.
    Files.write(home.resolve("log.db"), Files.readAllBytes(older.resolve("log.db")));

    try (Tidelog tidelog = open(home)) {
      assertThat(tidelog.status().device().pending()).contains(RenewalReason.ROLLED_BACK);
      Receipt receipt = trip(tidelog).append("after");
      assertThat(status(tidelog, receipt.log()).continues()).isPresent();
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void aStoreInAnotherFileIsNoticed() throws IOException {
    Path older = copy(home, "older");
    Files.delete(home.resolve("log.db"));
    Files.move(older.resolve("log.db"), home.resolve("log.db"));

    try (Tidelog tidelog = open(home)) {
      trip(tidelog).append("after");
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void aFileThatIsGoneOrDamagedIsAsGoodAsAnother() throws IOException {
    for (String name : List.of("incarnation", "sizes")) {
      notices.clear();
      Files.delete(home.resolve(name));
      try (Tidelog tidelog = open(home)) {
        trip(tidelog).append("gone");
      }
      assertThat(notices).hasSize(1);
      Files.write(home.resolve(name), new byte[] {1, 2, 3});
      try (Tidelog tidelog = open(home)) {
        trip(tidelog).append("damaged");
      }
      assertThat(notices).hasSize(2);
      try (Tidelog tidelog = open(home)) {
        trip(tidelog).append("whole");
        assertThat(tidelog.verify(null, Progress.none())).allMatch(VerifyReport::ok);
      }
      assertThat(notices).hasSize(2);
    }
  }

  @Test
  void movingAHomeChangesNothing() throws IOException {
    Path moved = Files.move(home, folder.resolve("moved"));
    try (Tidelog tidelog = open(moved)) {
      trip(tidelog).append("two");
    }
    assertThat(notices).isEmpty();
  }

  /** As a snapshot of a file system does: files have the numbers and times that they had. */
  private static void rollBack(Path home, Path snapshot) throws IOException {
    for (String name : List.of("log.db", "keys", "sizes")) {
      Files.write(home.resolve(name), Files.readAllBytes(snapshot.resolve(name)));
    }
  }

  @Test
  void aSnapshotThatWasRestoredIsNoticedAtTheMirror() throws IOException {
    Path snapshot = copy(home, "snapshot");
    IpnsName old;
    try (Tidelog tidelog = open(home)) {
      trip(tidelog).append("two");
      Devices.publish(tidelog);
      old = name(tidelog);
    }
    rollBack(home, snapshot);

    try (Tidelog tidelog = open(home)) {
      assertThat(tidelog.status().device().pending()).isEmpty();
      List<PublishReport> reports = Devices.publish(tidelog);

      assertThat(reports).hasSize(1);
      assertThat(name(tidelog)).isNotEqualTo(old);
      assertThat(Devices.texts(trip(tidelog))).containsExactly("ada: one", "ada: two");
      assertThat(status(tidelog, name(tidelog)).continues()).contains(new Continued(old, 2, true));
      trip(tidelog).append("three");
      Devices.publish(tidelog);
      assertThat(tidelog.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    }
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0).message()).contains("behind its own mirror");
  }
}
