package org.tidelog.node.folder;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small files that are read whole within a bound, and replaced whole so that after a power cut
 * there is the old one or the new one. Writes by plain streams: a channel would be closed under a
 * thread that is interrupted. Thread-safe.
 */
public final class DurableFiles {
  /** What files that are not finished are called. */
  static final String TEMPORARY_PREFIX = ".tmp-";

  private static final int STREAM_BYTES = 128 * 1024;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final AtomicLong COUNTER = new AtomicLong();

  private DurableFiles() {}

  /**
   * The bytes of a regular file; empty where there is nothing.
   *
   * @throws NotAFileException if a folder, a pipe or a device is in its place
   * @throws OversizedException if it has more than {@code bytesMax} bytes; nothing of it is read
   */
  public static Optional<byte[]> read(Path file, int bytesMax) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) throw new NotAFileException(file);
      if (attributes.size() > bytesMax) throw tooLarge(file, bytesMax);
      return Optional.of(readWhole(file, (int) attributes.size(), bytesMax));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileNotFoundException e) {
      if (!Files.exists(file)) return Optional.empty(); // Removed in between.
      throw new IOException(file + ": " + IoReason.of(e), e);
    } catch (java.nio.file.FileSystemException e) {
      if (Files.isSymbolicLink(file)) throw new NotAFileException(file);
      throw new IOException(file + ": " + IoReason.of(e), e);
    }
  }

  private static byte[] readWhole(Path file, int size, int bytesMax) throws IOException {
    byte[] bytes = new byte[size];
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int at = 0;
      while (true) {
        // One byte more than is expected shows that the file has grown.
        if (at == bytes.length) {
          int more = in.read();
          if (more < 0) return bytes;
          if (at == bytesMax) throw tooLarge(file, bytesMax);
          bytes = Arrays.copyOf(bytes, (int) Math.min(bytesMax, 2L * at + 1));
          bytes[at++] = (byte) more;
        }
        int count = in.read(bytes, at, bytes.length - at);
        if (count < 0) return Arrays.copyOf(bytes, at);
        at += count;
      }
    }
  }

  private static IOException tooLarge(Path file, int bytesMax) {
    return new OversizedException(file + ": over " + bytesMax + " bytes");
  }

  /**
   * Puts a file in place of whatever file is there, readable as the user's settings say.
   *
   * @throws NoSpaceException if the device is full
   */
  public static void replace(Path file, byte[] bytes) throws IOException {
    Path folder = folderOf(file);
    try {
      place(temporaryFile(folder, file), file, bytes);
      syncFolder(folder);
    } catch (IOException e) {
      throw IoReason.writing(folder, e);
    }
  }

  /** As {@link #replace}; from its first moment only the owner may read the file. */
  public static void replacePrivate(Path file, byte[] bytes) throws IOException {
    Path folder = folderOf(file);
    try {
      place(privateTemporaryFile(folder, file), file, bytes);
      syncFolder(folder);
    } catch (IOException e) {
      throw IoReason.writing(folder, e);
    }
  }

  /** What is written to a file as a stream. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream is flushed and closed by whoever asked. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * As {@link #replacePrivate}, for what is too large to hold. Where the content fails nothing is
   * left, and what a writer of the same file has left that was killed is removed.
   */
  public static void writePrivate(Path file, Content content) throws IOException {
    try (UnfinishedFile unfinished = UnfinishedFile.privateBeside(file)) {
      OutputStream out =
          new BufferedOutputStream(new FileOutputStream(unfinished.file().getFD()), STREAM_BYTES);
      content.writeTo(out);
      out.flush();
      unfinished.place();
    } catch (IOException e) {
      throw IoReason.writing(folderOf(file), e);
    }
  }

  /** The folder a file is in. */
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) throw new IllegalArgumentException("file: " + file);
    return folder;
  }

  private static void place(File temporary, Path file, byte[] bytes) throws IOException {
    try {
      try (FileOutputStream out = new FileOutputStream(temporary)) {
        out.write(bytes);
        out.getFD().sync();
      }
      Files.move(temporary.toPath(), file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!temporary.delete()) e.addSuppressed(new IOException(temporary + ": left behind"));
      throw e;
    }
  }

  /** A new file beside the place it is to take, of a name that says that it is not finished. */
  static File temporaryFile(Path place) throws IOException {
    return temporaryFile(folderOf(place), place);
  }

  /** As {@link #temporaryFile}; from its first moment only the owner may read it. */
  static File privateTemporaryFile(Path place) throws IOException {
    return privateTemporaryFile(folderOf(place), place);
  }

  private static File temporaryFile(Path folder, Path place) throws IOException {
    while (true) {
      File file = folder.resolve(temporaryName(place)).toFile();
      if (file.createNewFile()) return file;
    }
  }

  private static File privateTemporaryFile(Path folder, Path place) throws IOException {
    if (!hasPermissions(folder)) return temporaryFile(folder, place);
    Path file = folder.resolve(temporaryName(place));
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    return file.toFile();
  }

  /** What files that are to take a place are called until they are finished. */
  static String temporaryPrefix(Path place) {
    return TEMPORARY_PREFIX + place.getFileName() + "-";
  }

  /** A name that no other file of the folder has. */
  private static String temporaryName(Path place) {
    return temporaryPrefix(place)
        + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36)
        + "-"
        + COUNTER.incrementAndGet();
  }

  /** Whether the platform knows owners and permissions of files. */
  public static boolean hasPermissions(Path at) {
    return at.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Makes the names in a folder durable. Where the platform cannot, names are as durable as it
   * makes them.
   */
  public static void syncFolder(Path folder) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          force(folder);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted() || interrupted;
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private static void force(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return; // Windows opens no folders.
    }
    try (channel) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      String reason = IoReason.of(e);
      // Network and user-space file systems that have no such call.
      if (reason.contains("nvalid argument")
          || reason.contains("ot supported")
          || reason.contains("ot implemented")) return;
      throw e;
    }
  }
}
