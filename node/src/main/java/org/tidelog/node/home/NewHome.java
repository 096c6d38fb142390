package org.tidelog.node.home;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.node.folder.DurableFiles;
import org.tidelog.node.home.HomeException.Kind;

/**
 * Makes a home. Everything is written to a folder beside the place and renamed when it is durable,
 * so a process that is killed leaves no home, and the next one that makes a home here a day later
 * removes what was left.
 */
final class NewHome {
  private static final String ELSEWHERE = "--home DIR names another place";
  private static final long STALE_MILLIS = 24L * 60 * 60 * 1000;

  private final Path path;
  private final Path parent;
  private final String temporaryPrefix;

  NewHome(Path path) {
    this.path = path.toAbsolutePath().normalize();
    Path above = this.path.getParent();
    Path name = this.path.getFileName();
    if (above == null || name == null) {
      throw new HomeException(
          Kind.FAILED, "cannot make a home at " + path + ": name a folder below it", null, null);
    }
    this.parent = above;
    this.temporaryPrefix = "." + name + ".tmp-";
  }

  private String what() {
    return "cannot make a home at " + path;
  }

  void create(Function<HomeMark, byte[]> keys, Config config, Consumer<Path> newStore) {
    refuseIfTaken();
    try {
      Files.createDirectories(parent);
      removeStale();
      Path temporary = temporaryFolder();
      try {
        fill(temporary, keys, config, newStore);
        move(temporary);
      } finally {
        if (Files.exists(temporary)) remove(temporary.toFile());
      }
    } catch (IOException e) {
      throw HomeException.of(what(), e);
    }
  }

  /** An empty folder is welcome: somebody made it for this. */
  void refuseIfTaken() {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
    if (Files.exists(path.resolve(Home.KEYS)) || Files.exists(path.resolve(Home.STORE))) {
      throw new HomeException(Kind.EXISTS, what() + ": there is one already", ELSEWHERE, null);
    }
    if (Files.isSymbolicLink(path) || !Files.isDirectory(path)) {
      throw new HomeException(Kind.EXISTS, what() + ": there is something else", ELSEWHERE, null);
    }
    String @Nullable [] names = path.toFile().list();
    if (names == null || names.length > 0) throw notEmpty(null);
  }

  private HomeException notEmpty(@Nullable Throwable cause) {
    return new HomeException(
        Kind.EXISTS,
        what() + ": the folder is not empty",
        "name one that does not exist yet",
        cause);
  }

  /** Where a home may be made until it is whole; nothing is there, perhaps not even a parent. */
  Path temporaryPath() {
    return parent.resolve(temporaryPrefix + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36));
  }

  private Path temporaryFolder() throws IOException {
    Path folder = temporaryPath();
    if (DurableFiles.hasPermissions(parent)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
    return folder;
  }

  private void fill(
      Path folder, Function<HomeMark, byte[]> keys, Config config, Consumer<Path> newStore)
      throws IOException {
    if (Home.isExposed(folder)) {
      throw new HomeException(
          Kind.EXPOSED,
          what() + ": the file system there cannot keep others from reading it",
          "choose another place",
          null);
    }
    DurableFiles.replacePrivate(folder.resolve(Home.CONFIG), config.encode());
    Files.createDirectory(folder.resolve(Home.BLOBS));
    newStore.accept(folder.resolve(Home.STORE));
    byte[] keysFile = keys.apply(marked(folder));
    DurableFiles.replacePrivate(folder.resolve(Home.KEYS), keysFile);
    DurableFiles.syncFolder(folder);
  }

  /** What the home will be known by: renaming the folder changes nothing of it. */
  private static HomeMark marked(Path folder) throws IOException {
    byte[] id = Entropy.system().bytes(HomeMark.ID_BYTES);
    DurableFiles.replacePrivate(folder.resolve(Home.SIZES), Sizes.none(id).encode());
    IncarnationFile.write(folder, id);
    return IncarnationFile.read(folder)
        .orElseThrow(() -> new IOException(folder + ": what was written is gone"));
  }

  void move(Path folder) throws IOException {
    try {
      Files.move(folder, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      throw notEmpty(e); // Somebody else was faster.
    }
    DurableFiles.syncFolder(parent);
  }

  /** Removes what was left here a day ago; where there is no folder, nothing was. */
  void removeStale() throws IOException {
    if (!Files.isDirectory(parent)) return;
    long before = System.currentTimeMillis() - STALE_MILLIS;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, this::isTemporary)) {
      for (Path folder : left) {
        if (folder.toFile().lastModified() < before) remove(folder.toFile());
      }
    }
  }

  /** What is half made, or what a half-made one was to be made in. */
  private boolean isTemporary(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.startsWith(temporaryPrefix) || name.startsWith("." + temporaryPrefix);
  }

  /** Removes a half-made home. What cannot be removed takes space and does no other harm. */
  static void remove(File folder) {
    // Never through a link to what is not ours.
    File @Nullable [] files = Files.isSymbolicLink(folder.toPath()) ? null : folder.listFiles();
    if (files != null) {
      for (File file : files) {
        remove(file);
      }
    }
    folder.delete();
  }
}
