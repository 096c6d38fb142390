package org.tidelog.node.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.folder.DurableFiles;

@Timeout(60)
final class HomeTest {
  private static final byte[] KEYS = {1, 2, 3};
  private static final Config CONFIG = Config.of(Optional.of("Žofie"), false);

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("some where").resolve("home");
  }

  private static void newStore(Path file) {
    try {
      Files.write(file, new byte[] {4});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create() {
    Home.create(path, mark -> KEYS, CONFIG, HomeTest::newStore);
  }

  private Home open() {
    return Home.open(path, Duration.ZERO);
  }

  private static HomeException refusal(Runnable work) {
    HomeException refused = catchThrowableOfType(HomeException.class, work::run);
    assertThat(refused).isNotNull();
    return refused;
  }

  private HomeException openRefused() {
    return refusal(
        () -> {
          try (Home home = open()) {
            home.keys();
            home.config();
          }
        });
  }

  @Test
  void hasWhatItWasMadeWith() {
    create();

    try (Home home = open()) {
      assertThat(home.path()).isEqualTo(path);
      assertThat(home.keys()).isEqualTo(KEYS);
      assertThat(home.config()).isEqualTo(CONFIG);
      assertThat(home.store()).hasBinaryContent(new byte[] {4});
      assertThat(home.blobs()).isDirectory();
      assertThat(home.mirror()).doesNotExist();
    }
    assertThat(path.getParent().toFile().list()).containsExactly("home");
  }

  @Test
  void isClosedToOthers() throws Exception {
    assumeTrue(DurableFiles.hasPermissions(folder));

    create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    for (String file : List.of("keys", "config")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(file))))
          .isEqualTo("rw-------");
    }
    try (Home home = open()) {
      home.replaceKeys(new byte[] {9});
      home.replaceConfig(CONFIG);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("keys"))))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesKeysAndSettings() {
    create();
    Config other = CONFIG.withMirrors(List.of("/mnt/stick")).withDisplayName(Optional.empty());

    try (Home home = open()) {
      home.replaceKeys(new byte[] {9});
      home.replaceConfig(other);
    }

    try (Home home = open()) {
      assertThat(home.keys()).containsExactly(9);
      assertThat(home.config()).isEqualTo(other);
    }
  }

  @Test
  void isMadeInAnEmptyFolder() throws Exception {
    Files.createDirectories(path);

    create();

    open().close();
  }

  @Test
  void isNotMadeOverAnother() {
    create();

    HomeException refused = refusal(this::create);
    assertThat(refused.kind()).isEqualTo(HomeException.Kind.EXISTS);
    assertThat(refused.hint()).contains("--home DIR names another place");
    open().close();
  }

  @Test
  void stagingRemovesWhatAKilledRestoreLeftADayAgo() throws Exception {
    Path parent = Files.createDirectories(path.getParent());
    Path left = Files.createDirectory(parent.resolve(".home.tmp-1"));
    Files.write(left.resolve("keys"), KEYS);
    Path within = Files.createDirectory(parent.resolve("..home.tmp-1.tmp-2"));
    Path fresh = Files.createDirectory(parent.resolve(".home.tmp-3"));
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(left, yesterday);
    Files.setLastModifiedTime(within, yesterday);

    StagedHome.beside(path).close();

    assertThat(left).doesNotExist();
    assertThat(within).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void stagingMakesNothingBeforeThereIsSomethingToMake() {
    StagedHome.beside(path).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isNotMadeOverAnythingElse() throws Exception {
    Files.createDirectories(path);
    Path file = Files.createFile(path.resolve("thesis.txt"));
    assertThat(refusal(this::create).kind()).isEqualTo(HomeException.Kind.EXISTS);
    assertThat(file).exists();

    path = file;
    assertThat(refusal(this::create).kind()).isEqualTo(HomeException.Kind.EXISTS);
    path = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
    assertThat(refusal(this::create).kind()).isEqualTo(HomeException.Kind.EXISTS);
    path = file.resolve("below");
    assertThat(refusal(this::create).kind()).isEqualTo(HomeException.Kind.FAILED);
  }

  @Test
  void leavesNothingWhenItCannotBeMade() {
    assertThatThrownBy(
            () ->
                Home.create(
                    path,
                    mark -> KEYS,
                    CONFIG,
                    file -> {
                      throw new IllegalStateException("no store");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(path).doesNotExist();
    assertThat(path.getParent()).isEmptyDirectory();
  }

  @Test
  void removesWhatACrashLeftADayAgo() throws Exception {
    Path parent = Files.createDirectories(path.getParent());
    Path old = Files.createDirectory(parent.resolve(".home.tmp-1"));
    Path precious = Files.createDirectory(folder.resolve("precious"));
    Files.createFile(precious.resolve("file"));
    Files.createSymbolicLink(old.resolve("link"), precious);
    Path fresh = Files.createDirectory(parent.resolve(".home.tmp-2"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    create();

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(precious.resolve("file")).exists();
  }

  @Test
  void saysWhereThereIsNone() throws Exception {
    HomeException refused = openRefused();

    assertThat(refused.kind()).isEqualTo(HomeException.Kind.NOT_FOUND);
    assertThat(refused.hint()).contains("tidelog init");
    Files.createDirectories(path);
    assertThat(openRefused().kind()).isEqualTo(HomeException.Kind.NOT_FOUND);
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void refusesAFile() throws Exception {
    path = Files.createFile(folder.resolve("file"));

    assertThat(openRefused()).hasMessageContaining("not a folder");
  }

  @Test
  void refusesAHomeThatOthersCanRead() throws Exception {
    assumeTrue(DurableFiles.hasPermissions(folder));
    create();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(openRefused().hint()).contains("chmod 700 " + path);

    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    Path keys = path.resolve("keys");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw----r--"));

    HomeException refused = openRefused();
    assertThat(refused.kind()).isEqualTo(HomeException.Kind.EXPOSED);
    assertThat(refused.hint()).contains("chmod 600 " + keys);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    open().close();
  }

  @Test
  void saysWhichFileIsDamaged() throws Exception {
    create();
    Path keys = path.resolve("keys");
    Path config = path.resolve("config");
    byte[] goodConfig = Files.readAllBytes(config);

    Files.write(config, "junk".getBytes(StandardCharsets.UTF_8));
    assertDamaged("config");
    Files.write(config, new byte[0]);
    assertDamaged("config");
    grow(config, 1L << 40);
    assertDamaged("config");
    Files.delete(config);
    assertDamaged("config");
    Files.createDirectory(config);
    assertDamaged("config");
    Files.delete(config);
    Files.write(config, goodConfig);

    Files.write(keys, new byte[0]);
    assertDamaged("keys");
    grow(keys, 1L << 40);
    assertDamaged("keys");
    Files.delete(keys);
    assertDamaged("keys");
  }

  private static void grow(Path file, long size) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(size);
    }
  }

  private void assertDamaged(String file) {
    HomeException refused = openRefused();
    assertThat(refused.kind()).isEqualTo(HomeException.Kind.DAMAGED);
    assertThat(refused).hasMessageContaining(path.resolve(file).toString());
  }

  @Test
  void isOpenOnceInAProcess() throws Exception {
    create();
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    try (Home home = open()) {
      assertThat(openRefused().kind()).isEqualTo(HomeException.Kind.LOCKED);
      path = link;
      assertThat(openRefused().kind()).isEqualTo(HomeException.Kind.LOCKED);
      // Being refused must not have given up the lock of the one that is open.
      assertThat(lockedForAnotherProcess(home.path())).isTrue();
    }
    open().close();
  }

  /** Asks a process of its own whether the lock can be had. */
  private static boolean lockedForAnotherProcess(Path home) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockProbe.class.getName(),
                home.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == LockProbe.LOCKED;
  }

  @Test
  void isLockedAgainstOtherProcessesAsLongAsItIsOpen() throws Exception {
    create();
    try (Home home = open()) {
      assertThat(lockedForAnotherProcess(home.path())).isTrue();
    }
    assertThat(lockedForAnotherProcess(path)).isFalse();
  }

  @Test
  void waitsForAnotherToClose() throws Exception {
    create();
    Home first = open();
    Thread closing =
        new Thread(
            () -> {
              sleep(300);
              first.close();
            });
    closing.start();

    Home.open(path, Duration.ofSeconds(20)).close();

    closing.join();
  }

  @Test
  void givesUpWaitingInTime() {
    create();
    try (Home home = open()) {
      long begin = System.nanoTime();
      HomeException refused = refusal(() -> Home.open(path, Duration.ofMillis(200)));
      long millis = (System.nanoTime() - begin) / 1_000_000;

      assertThat(refused.kind()).isEqualTo(HomeException.Kind.LOCKED);
      assertThat(millis).isBetween(200L, 5_000L);
      assertThat(home.keys()).isEqualTo(KEYS);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
