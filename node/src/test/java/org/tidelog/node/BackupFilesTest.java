package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelog.node.Backups.CHEAP;
import static org.tidelog.node.Backups.OPEN;
import static org.tidelog.node.Backups.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.keystore.Argon2Cost;

/**
 * The files of backups and the places of homes made of them: what is refused leaves nothing behind.
 */
final class BackupFilesTest {
  @TempDir Path root;
  private Devices devices;
  private Path file;

  @BeforeEach
  void begin() {
    devices = new Devices(root);
    file = root.resolve("kim.tdlb");
  }

  @AfterEach
  void end() {
    devices.close();
  }

  private RestoreReport restore(String name) {
    return Backups.restore(file, devices.home(name));
  }

  @Test
  void appearsWholeAndForItsOwnerAlone() throws IOException {
    Tidelog kim = devices.make("kim");
    kim.createTopic("family", false).append("one");
    backup(kim, file);
    byte[] first = Files.readAllBytes(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> backup(kim, file))
        .isInstanceOfSatisfying(
            TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXISTS))
        .hasMessageEndingWith("it exists already");
    assertThat(file).hasBinaryContent(first);
    kim.backup(file, CHEAP.withReplacing(), Progress.none());
    assertThat(Files.readAllBytes(file)).isNotEqualTo(first);
    assertThatThrownBy(() -> backup(kim, root.resolve("nowhere/file")))
        .isInstanceOf(TidelogException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> kim.backup(root, CHEAP.withReplacing(), Progress.none()))
        .isInstanceOf(TidelogException.class);
    assertThat(left()).containsExactlyInAnyOrder("kim", "kim.tdlb");
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void needsAPassphrase() throws IOException {
    Tidelog kim = devices.make("kim");

    assertThatThrownBy(() -> kim.backup(file, BackupOptions.defaults(), Progress.none()))
        .isInstanceOfSatisfying(
            TidelogException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.NEEDS_PASSPHRASE));
    assertThat(left()).containsExactly("kim");
    backup(kim, file);
    assertThatThrownBy(
            () ->
                Tidelog.restore(
                    file, devices.home("kim-2"), RestoreOptions.defaults(), Progress.none()))
        .isInstanceOfSatisfying(
            TidelogException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.NEEDS_PASSPHRASE));
  }

  @Test
  void opensWithTheHomesPassphraseWhereNoneIsNamed() {
    Passphrase homes = Passphrase.of("the home's own".toCharArray());
    Tidelog.init(devices.home("kim"), InitOptions.defaults().withPassphrase(homes));
    try (Tidelog kim =
        Tidelog.open(devices.home("kim"), TidelogOptions.defaults().withPassphrase(homes))) {
      kim.createTopic("family", false).append("one");
      kim.backup(file, BackupOptions.defaults().withCost(Argon2Cost.LEAST), Progress.none());
    }

    RestoreOptions same = RestoreOptions.defaults().withPassphrase(homes);
    Tidelog.restore(file, devices.home("kim-2"), same, Progress.none());

    try (Tidelog again =
        Tidelog.open(devices.home("kim-2"), TidelogOptions.defaults().withPassphrase(homes))) {
      assertThat(again.topic("family").orElseThrow().append("two").seq()).isEqualTo(3);
    }
    try (Tidelog again = Tidelog.open(devices.home("kim-2"), TidelogOptions.defaults())) {
      assertThatThrownBy(() -> again.topic("family").orElseThrow().append("three"))
          .isInstanceOf(TidelogException.class);
    }
  }

  @Test
  void leavesNoFoldersWhereThePassphraseIsWrong() throws IOException {
    backup(devices.make("kim"), file);

    assertThatThrownBy(
            () ->
                Tidelog.restore(
                    file,
                    root.resolve("new").resolve("home"),
                    OPEN.withBackupPassphrase(Passphrase.of("incorrect horse".toCharArray())),
                    Progress.none()))
        .isInstanceOf(TidelogException.class);

    assertThat(root.resolve("new")).doesNotExist();
  }

  @Test
  void writesNothingOfWhatIsNotRight() throws IOException {
    Tidelog kim = devices.make("kim");
    kim.createTopic("family", false).append("one");
    backup(kim, file);
    byte[] good = Files.readAllBytes(file);
    Path bad = root.resolve("bad.tdlb");
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      byte[] other = good.clone();
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
      refused(Files.write(bad, other), ErrorKind.BAD_BACKUP);
      refused(
          Files.write(bad, Arrays.copyOf(good, random.nextInt(good.length))), ErrorKind.BAD_BACKUP);
    }
    refused(Files.write(bad, Arrays.copyOf(good, good.length + 1)), ErrorKind.BAD_BACKUP);
    refused(Files.write(bad, new byte[0]), ErrorKind.BAD_BACKUP);
    refused(Files.write(bad, "not a backup at all".getBytes()), ErrorKind.BAD_BACKUP);
    refused(root.resolve("none"), ErrorKind.IO);
    refused(root, ErrorKind.IO);
    assertThatThrownBy(
            () ->
                Tidelog.restore(
                    file,
                    devices.home("kim-2"),
                    OPEN.withBackupPassphrase(Passphrase.of("incorrect horse".toCharArray())),
                    Progress.none()))
        .isInstanceOfSatisfying(
            TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_PASSPHRASE));
    assertThat(left()).containsExactlyInAnyOrder("kim", "kim.tdlb", "bad.tdlb");
  }

  private void refused(Path backup, ErrorKind kind) throws IOException {
    assertThatThrownBy(() -> Tidelog.restore(backup, devices.home("kim-2"), OPEN, Progress.none()))
        .isInstanceOfSatisfying(TidelogException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(left()).allMatch(name -> name.equals("kim") || name.endsWith(".tdlb"));
  }

  @Test
  void refusesAPlaceThatIsTaken() throws IOException {
    Tidelog kim = devices.make("kim");
    backup(kim, file);

    assertThatThrownBy(() -> restore("kim"))
        .isInstanceOfSatisfying(
            TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXISTS));
    Files.createDirectory(devices.home("empty"));
    restore("empty");
    assertThat(devices.reopen("empty").topics()).isEmpty();
    assertThat(left()).containsExactlyInAnyOrder("kim", "kim.tdlb", "empty");
  }
}
