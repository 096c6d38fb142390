package org.tidelog.node.cli.imports;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * A file to import, read twice: {@link #check} first, then {@link #items}. What cannot be read
 * twice (standard input, a pipe) is copied to a temporary file beforehand. The second pass stops
 * where the first one stopped, so a file that is still being written to is imported as far as it
 * was checked.
 *
 * <p>Owned by one thread.
 */
public final class ImportFile implements AutoCloseable {
  private final FileChannel channel;
  private final ImportOptions options;
  private long checkedBytes;

  private ImportFile(FileChannel channel, ImportOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** Opens {@code file}; a pipe is copied to a temporary file in {@code spoolFolder}. */
  public static ImportFile open(Path file, Path spoolFolder, ImportOptions options)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    if (!Files.exists(file)) {
      throw new FileNotFoundException("there is no such file");
    }
    if (Files.isRegularFile(file)) {
      return new ImportFile(FileChannel.open(file), options);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return spool(in, spoolFolder, options);
    }
  }

  /** Copies {@code in} to its end to a temporary file in {@code spoolFolder}. */
  public static ImportFile spool(InputStream in, Path spoolFolder, ImportOptions options)
      throws IOException {
    Path spool = Files.createTempFile(spoolFolder, ".import-", ".tmp");
    // On POSIX the name goes at once, so that not even a kill leaves the copy behind.
    FileChannel channel =
        FileChannel.open(
            spool,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      copy(in, Channels.newOutputStream(channel), options.lenient());
      return new ImportFile(channel, options);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Stops after a line that will be refused for its length: a device may have no end, and the disk
   * has one.
   */
  private static void copy(InputStream in, OutputStream out, boolean lenient) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long line = 0;
    while (lenient || line <= LineReader.LINE_BYTES_MAX) {
      int count = in.read(buffer);
      if (count < 0) {
        return;
      }
      out.write(buffer, 0, count);
      int last = count - 1;
      while (last >= 0 && buffer[last] != '\n') {
        last--;
      }
      line = last < 0 ? line + count : count - 1 - last;
    }
  }

  /** How many bytes there are. */
  public long sizeBytes() throws IOException {
    return channel.size();
  }

  /** Reads everything and takes nothing. {@code progress} is told the bytes read so far. */
  public ImportTally check(LongConsumer progress) throws IOException, MalformedLineException {
    Counting in = new Counting(fromTheStart(channel.size()), progress);
    ImportItems items = new ImportItems(in, options);
    long entries = 0;
    while (items.read() != null) {
      entries++;
    }
    checkedBytes = in.count;
    return new ImportTally(in.count, entries, items.skipped());
  }

  /**
   * The entries that {@link #check} counted, read as they are asked for; fails with {@code
   * UncheckedIOException}.
   */
  public Iterator<ImportItem> items() throws IOException {
    return new ImportItems(fromTheStart(checkedBytes), options);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private InputStream fromTheStart(long bytes) throws IOException {
    channel.position(0);
    return new Limited(Channels.newInputStream(channel), bytes);
  }

  /** The first bytes of a stream. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }

  private static final class Counting extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    Counting(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(read, 0);
      progress.accept(count);
      return read;
    }
  }
}
