package org.tidelog.node.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.node.folder.DurableFiles;
import org.tidelog.node.folder.OversizedException;

/**
 * The file by which a home is told from its copies: random bytes, written once and never touched
 * again. What the file system knows of it, number and time of the last change, no copy has.
 */
final class IncarnationFile {
  private static final String FILE_ATTRIBUTES = "unix:ino,ctime";
  private static final String STORE_ATTRIBUTES = "unix:ino";

  private IncarnationFile() {}

  /** Writes it durably, and nothing else. */
  static void write(Path home, byte[] id) throws IOException {
    DurableFiles.replacePrivate(home.resolve(Home.INCARNATION), id);
  }

  /** What a home is known by as it is now; empty where the file is gone or was damaged. */
  static Optional<HomeMark> read(Path home) throws IOException {
    Path file = home.resolve(Home.INCARNATION);
    Optional<byte[]> id;
    try {
      id = DurableFiles.read(file, HomeMark.ID_BYTES);
    } catch (OversizedException e) {
      return Optional.empty();
    }
    if (!id.isPresent() || id.get().length != HomeMark.ID_BYTES) return Optional.empty();
    Map<String, Object> attributes = attributes(file, FILE_ATTRIBUTES);
    Map<String, Object> store = attributes(home.resolve(Home.STORE), STORE_ATTRIBUTES);
    return Optional.of(
        new HomeMark(
            id.get(),
            number(attributes.get("ino")),
            changeTime(attributes.get("ctime")),
            number(store.get("ino"))));
  }

  /** Nothing where the platform has no such attributes, as Android and Windows. */
  private static Map<String, Object> attributes(Path file, String names) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) return Map.of();
    try {
      return Files.readAttributes(file, names, LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Map.of();
    }
  }

  /** Network file systems have numbers of all 64 bits; one bit less tells them apart as well. */
  private static OptionalLong number(@Nullable Object number) {
    return number instanceof Long value
        ? OptionalLong.of(value & Long.MAX_VALUE)
        : OptionalLong.empty();
  }

  private static OptionalLong changeTime(@Nullable Object time) {
    return time instanceof FileTime value
        ? OptionalLong.of(Math.max(0, value.to(TimeUnit.NANOSECONDS)))
        : OptionalLong.empty();
  }
}
