package org.tidelog.node.cli.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.TidelogException;

/**
 * Where a demonstration happens: a temporary folder that is gone afterwards, or a new one that is
 * kept.
 */
public final class DemoFolder implements AutoCloseable {
  /** A file system in memory, on Linux. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final long MEMORY_BYTES_MIN = 512L << 20;

  private final Path path;
  private final boolean kept;
  private final Thread onInterrupt = new Thread(this::delete, "demo-folder");

  private DemoFolder(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
    if (!kept) {
      // An interrupted demonstration leaves nothing behind either.
      Runtime.getRuntime().addShutdownHook(onInterrupt);
    }
  }

  /** Deleted when closed, or when the process is interrupted. */
  public static DemoFolder temporary() throws IOException {
    return new DemoFolder(Files.createTempDirectory(parent(), "tidelog-demo-"), false);
  }

  /** Made if needed; throws {@link ErrorKind#EXISTS} if there is something in it. */
  public static DemoFolder kept(Path path) throws IOException {
    Files.createDirectories(path);
    try (DirectoryStream<Path> present = Files.newDirectoryStream(path)) {
      if (present.iterator().hasNext()) {
        throw new TidelogException(ErrorKind.EXISTS, path + ": the folder is not empty");
      }
    }
    return new DemoFolder(path.toAbsolutePath().normalize(), true);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    if (!kept) {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
      delete();
    }
  }

  /**
   * Every message is written durably many times, which a demonstration need not wait for where
   * memory can be had.
   */
  private static Path parent() throws IOException {
    Path usual = Path.of(System.getProperty("java.io.tmpdir"));
    boolean chosen = !usual.equals(Path.of("/tmp"));
    if (chosen || !Files.isWritable(MEMORY)) {
      return usual;
    }
    return Files.getFileStore(MEMORY).getUsableSpace() < MEMORY_BYTES_MIN ? usual : MEMORY;
  }

  private void delete() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      // What is left is in the folder for temporary files; nothing depends on it.
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
