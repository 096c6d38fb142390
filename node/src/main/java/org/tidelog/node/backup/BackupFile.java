package org.tidelog.node.backup;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.keystore.BackupHeader;

/**
 * A backup on disk, of which the header has been read. It may be read through any number of times.
 */
public final class BackupFile {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final Path file;
  private final BackupHeader header;
  private final long length;

  private BackupFile(Path file, BackupHeader header, long length) {
    this.file = file;
    this.header = header;
    this.length = length;
  }

  /**
   * Reads the header.
   *
   * @throws IOException if it cannot be read, or is no regular file
   * @throws MalformedException if it is no backup
   */
  public static BackupFile open(Path file) throws IOException, MalformedException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) throw new IOException("it is not a regular file");
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] first = header(in, attributes.size());
      return new BackupFile(file, BackupHeader.parse(first), attributes.size());
    }
  }

  private static byte[] header(InputStream in, long length) throws IOException {
    byte[] bytes = new byte[(int) Math.min(BackupHeader.BYTES, length)];
    int at = 0;
    while (at < bytes.length) {
      int count = in.read(bytes, at, bytes.length - at);
      if (count < 0) throw new IOException("it changes while it is read");
      at += count;
    }
    return bytes;
  }

  public BackupHeader header() {
    return header;
  }

  /** Bytes on disk. */
  public long length() {
    return length;
  }

  /** Begins to read, with the key that the header's passphrase gave. */
  public BackupReader read(byte[] key, Verifier verifier, BackupItems to)
      throws IOException, MalformedException {
    InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()), BUFFER_BYTES);
    try {
      header(in, length);
      return new BackupReader(new SealedReader(in, key, length - BackupHeader.BYTES), verifier, to);
    } catch (IOException | MalformedException e) {
      in.close();
      throw e;
    }
  }
}
