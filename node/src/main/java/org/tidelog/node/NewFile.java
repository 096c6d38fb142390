package org.tidelog.node;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.tidelog.node.folder.DurableFiles;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;
import org.tidelog.node.folder.UnfinishedFile;

/**
 * A file that somebody asked for by name, of any length: written under another name beside it, made
 * durable, and then put in its place. One that replaces another has that one's mode; one that is
 * new is readable as the user's settings say. Closed before that, it leaves nothing, and what
 * killed writers of the same file have left is removed. What goes wrong is a {@link
 * TidelogException}. Owned by one thread.
 */
public final class NewFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path named;
  private final Path target;
  private final boolean replaces;
  private final UnfinishedFile unfinished;
  private final RandomAccessFile file;
  private final OutputStream out;

  private NewFile(Path named, Path target, boolean replaces) throws IOException {
    this.named = named;
    this.target = target;
    this.replaces = replaces;
    this.unfinished = UnfinishedFile.beside(target);
    this.file = unfinished.file();
    this.out =
        new Guarded(new BufferedOutputStream(new FileOutputStream(file.getFD()), BUFFER_BYTES));
  }

  /**
   * Begins one that is put in place of whatever file is there.
   *
   * @throws TidelogException if the folder is not there or may not be written to, or something
   *     other than a file has that name
   */
  public static NewFile at(Path named) {
    Path target = named.toAbsolutePath().normalize();
    try {
      // What a link leads to is replaced, not the link.
      if (Files.exists(target)) target = target.toRealPath();
      boolean other =
          Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target);
      if (other) throw new IOException("it is not a regular file");
      return new NewFile(named, target, true);
    } catch (IOException e) {
      throw failure(named, DurableFiles.folderOf(target), e);
    }
  }

  /**
   * Begins one that takes no place that is taken, neither now nor when it is finished.
   *
   * @throws TidelogException as {@link #at}; with {@link ErrorKind#EXISTS} if there is something
   */
  public static NewFile fresh(Path named) {
    Path target = named.toAbsolutePath().normalize();
    refuseIfTaken(named, target);
    try {
      return new NewFile(named, target, false);
    } catch (IOException e) {
      throw failure(named, DurableFiles.folderOf(target), e);
    }
  }

  private static void refuseIfTaken(Path named, Path target) {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) return;
    throw new TidelogException(
        ErrorKind.EXISTS, "cannot write " + named + ": it exists already", "name another file");
  }

  /** Takes what is to be in the file, from its beginning; buffered. */
  public OutputStream out() {
    return out;
  }

  /** Writes text and the end of a line, in UTF-8. */
  public void line(String text) {
    write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes over bytes that were written before, from the beginning of the file. */
  public void overwriteBeginning(byte[] bytes) {
    try {
      out.flush();
      long end = file.getFilePointer();
      file.seek(0);
      file.write(bytes);
      file.seek(end);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Makes it durable and puts it in its place; gives its length in bytes. */
  public long finish() {
    try {
      out.flush();
      long length = file.length();
      if (!replaces) refuseIfTaken(named, target);
      unfinished.place();
      return length;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Leaves nothing behind, unless it was finished. */
  @Override
  public void close() {
    unfinished.close();
  }

  private TidelogException failure(IOException e) {
    return failure(named, DurableFiles.folderOf(target), e);
  }

  private static TidelogException failure(Path named, Path folder, IOException e) {
    IOException told = IoReason.writing(folder, e);
    if (told instanceof NoSpaceException) {
      return new TidelogException(
          ErrorKind.NO_SPACE,
          "cannot write " + named + ": no space left",
          "free some space, or name a file elsewhere",
          e);
    }
    return new TidelogException(
        ErrorKind.IO, "cannot write " + named + ": " + IoReason.of(e), null, e);
  }

  /** Tells failures to write as those of the file. */
  private final class Guarded extends OutputStream {
    private final OutputStream to;

    Guarded(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      try {
        to.write(bytes, from, length);
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public void flush() {
      try {
        to.flush();
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }
}
