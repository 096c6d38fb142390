package org.tidelog.node.folder;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of any length on its way to its place: written under another name beside it and locked
 * while its writer lives, so that what killed writers of the same file have left is told from what
 * others are writing, and removed. Closed before it is placed, it leaves nothing. Owned by one
 * thread.
 */
public final class UnfinishedFile implements AutoCloseable {
  /** Behind the prefix: what {@link DurableFiles} adds to make a name that no other file has. */
  private static final String SUFFIX = "[0-9a-z]+-[0-9]+";

  private static final Set<PosixFilePermission> OF_GROUP =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE);

  /**
   * Those of this process. Asking the files would not do: on POSIX, closing any channel on a file
   * gives up the lock that another channel of the process holds.
   */
  private static final Set<File> OWN = ConcurrentHashMap.newKeySet();

  private final Path place;
  private final File temporary;
  private final RandomAccessFile file;
  private boolean closed;

  private UnfinishedFile(Path place, File temporary, RandomAccessFile file) {
    this.place = place;
    this.temporary = temporary;
    this.file = file;
  }

  /**
   * Begins one that the user's settings say who may read, or, of a file that is there, its mode.
   */
  public static UnfinishedFile beside(Path place) throws IOException {
    boolean replaces = Files.exists(place) && DurableFiles.hasPermissions(place);
    if (!replaces) return begin(place, () -> DurableFiles.temporaryFile(place));
    // Who may not read what is there may not read what comes, from its first moment.
    UnfinishedFile begun = privateBeside(place);
    begun.takeModeOf(place);
    return begun;
  }

  /** Begins one that its owner alone may read, whatever is there. */
  public static UnfinishedFile privateBeside(Path place) throws IOException {
    return begin(place, () -> DurableFiles.privateTemporaryFile(place));
  }

  private interface Making {
    File make() throws IOException;
  }

  private static UnfinishedFile begin(Path place, Making making) throws IOException {
    removeLeft(place);
    while (true) {
      File temporary = making.make();
      OWN.add(temporary);
      @Nullable RandomAccessFile file = null;
      boolean begun = false;
      try {
        file = new RandomAccessFile(temporary, "rw");
        // One that is gone was taken for left behind before it was locked.
        begun = isLocked(file) && temporary.exists();
        if (begun) return new UnfinishedFile(place, temporary, file);
      } finally {
        if (!begun) giveUp(temporary, file);
      }
    }
  }

  /** Whether nobody else has it locked. True where the file system knows no locks. */
  private static boolean isLocked(RandomAccessFile file) {
    try {
      return file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // Then nobody can lock it, and what is left stays.
    }
  }

  private static void giveUp(File temporary, @Nullable RandomAccessFile file) throws IOException {
    try {
      if (file != null) file.close();
    } finally {
      temporary.delete();
      OWN.remove(temporary);
    }
  }

  /** Removes what writers of this file have left that were killed. */
  private static void removeLeft(Path place) {
    String prefix = DurableFiles.temporaryPrefix(place);
    File[] left =
        DurableFiles.folderOf(place)
            .toFile()
            .listFiles(
                (in, name) ->
                    name.startsWith(prefix) && name.substring(prefix.length()).matches(SUFFIX));
    if (left == null) return;
    for (File file : left) {
      if (!OWN.contains(file) && file.isFile()) removeIfLeft(file);
    }
  }

  private static void removeIfLeft(File left) {
    try (RandomAccessFile file = new RandomAccessFile(left, "rw")) {
      if (file.getChannel().tryLock() == null) return;
      left.delete(); // While it is locked: its writer finds it gone, and begins anew.
    } catch (IOException | OverlappingFileLockException e) {
      // It takes space, and does no other harm.
    }
  }

  private void takeModeOf(Path there) {
    try {
      PosixFileAttributes old = Files.readAttributes(there, PosixFileAttributes.class);
      PosixFileAttributeView here =
          Files.getFileAttributeView(temporary.toPath(), PosixFileAttributeView.class);
      Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
      mode.addAll(old.permissions());
      try {
        here.setGroup(old.group());
      } catch (IOException e) {
        mode.removeAll(OF_GROUP); // They were for another group.
      }
      here.setPermissions(mode);
    } catch (IOException | UnsupportedOperationException e) {
      // It stays for its owner alone.
    }
  }

  /** To write to. */
  public RandomAccessFile file() {
    return file;
  }

  /** Makes what was written durable, and puts it in place of whatever file is there. */
  public void place() throws IOException {
    file.getFD().sync();
    try {
      move(); // While it is locked.
    } catch (FileSystemException e) {
      file.close(); // Windows moves no file that is open.
      move();
    }
    closed = true;
    OWN.remove(temporary);
    file.close();
    DurableFiles.syncFolder(DurableFiles.folderOf(place));
  }

  private void move() throws IOException {
    Files.move(temporary.toPath(), place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves nothing behind, unless it was placed. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    try {
      giveUp(temporary, file);
    } catch (IOException e) {
      // It is gone in any case.
    }
  }
}
