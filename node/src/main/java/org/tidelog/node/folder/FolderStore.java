package org.tidelog.node.folder;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;

/**
 * Blocks and records in a folder. Reading needs no right to write and makes nothing, not even the
 * folder. Several processes may use one folder at a time. Owned by one thread.
 */
public final class FolderStore implements ContentStore, NameSystem {
  /** Unfinished files of writers that were killed go after a day: no writer takes that long. */
  private static final long STALE_MILLIS = 24L * 60 * 60 * 1000;

  private final Path root;
  private final Set<Path> prepared = new HashSet<>();

  /** The folder need not be there yet. */
  public FolderStore(Path root) {
    this.root = root;
  }

  @Override
  public String describe() {
    return root.toString();
  }

  @Override
  public Optional<byte[]> get(Cid cid, int bytesMax) throws IOException {
    return DurableFiles.read(path(cid), bytesMax);
  }

  /** Whether there is a file of that name; its bytes are not looked at. */
  public boolean contains(Cid cid) {
    return Files.isRegularFile(path(cid));
  }

  @Override
  public long put(Cid cid, byte[] block) throws IOException {
    Path file = path(cid);
    if (isThere(file, block)) return 0;
    prepare(folder(cid));
    makeWay(file);
    DurableFiles.replace(file, block);
    return block.length;
  }

  private static boolean isThere(Path file, byte[] block) {
    try {
      if (file.toFile().length() != block.length) return false;
      Optional<byte[]> bytes = DurableFiles.read(file, block.length);
      return bytes.isPresent() && Arrays.equals(bytes.get(), block);
    } catch (IOException e) {
      return false; // What cannot be read is no block; writing mends it or tells why not.
    }
  }

  /** A folder in a file's place goes if it is empty; whatever else is there is replaced. */
  private static void makeWay(Path file) throws IOException {
    if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) return;
    try {
      Files.delete(file);
    } catch (DirectoryNotEmptyException e) {
      throw inTheWay(file, e);
    } catch (FileSystemException e) {
      throw new IOException(file + ": " + IoReason.of(e), e);
    }
  }

  private static IOException inTheWay(Path folder, DirectoryNotEmptyException e) {
    return new IOException(
        folder + ": a folder with something in it is in its place; remove it", e);
  }

  @Override
  public void remove(Cid cid) throws IOException {
    remove(path(cid));
  }

  /** Drops a record; no error where there is none. */
  public void remove(IpnsName name) throws IOException {
    remove(path(name));
  }

  private static void remove(Path file) throws IOException {
    try {
      removeUnfinished(file);
      Files.deleteIfExists(file);
    } catch (DirectoryNotEmptyException e) {
      throw inTheWay(file, e);
    } catch (FileSystemException e) {
      throw new IOException(file + ": " + IoReason.of(e), e);
    }
  }

  @Override
  public Optional<byte[]> get(IpnsName name) throws IOException {
    return DurableFiles.read(path(name), RECORD_BYTES_MAX);
  }

  @Override
  public void put(IpnsName name, byte[] record) throws IOException {
    Path file = path(name);
    prepare(root.resolve("names"));
    makeWay(file);
    removeUnfinished(file);
    DurableFiles.replace(file, record);
  }

  @Override
  public Optional<byte[]> forkProof(IpnsName name) throws IOException {
    return DurableFiles.read(forks().resolve(name.text()), ForkProof.BYTES_MAX);
  }

  @Override
  public void putForkProof(IpnsName name, byte[] proof) throws IOException {
    Path file = forks().resolve(name.text());
    prepare(forks());
    makeWay(file);
    DurableFiles.replace(file, proof);
  }

  private Path forks() {
    return root.resolve("forks");
  }

  /** What killed writers have left of a file: it may say what is to be said nowhere any more. */
  private static void removeUnfinished(Path file) throws IOException {
    String prefix = DurableFiles.temporaryPrefix(file);
    File[] left =
        file.resolveSibling(".").toFile().listFiles((in, name) -> name.startsWith(prefix));
    if (left == null) return;
    for (File unfinished : left) {
      Files.deleteIfExists(unfinished.toPath());
    }
  }

  private Path path(Cid cid) {
    return folder(cid).resolve(cid.text());
  }

  private Path folder(Cid cid) {
    String text = cid.text();
    return root.resolve("blocks").resolve(text.substring(text.length() - 3, text.length() - 1));
  }

  private Path path(IpnsName name) {
    return root.resolve("names").resolve(name.text());
  }

  /**
   * Makes a folder that is about to be written to, durably, and rids it of what killed writers
   * left.
   */
  private void prepare(Path folder) throws IOException {
    if (prepared.contains(folder) && Files.isDirectory(folder)) return;
    try {
      if (!Files.isDirectory(folder)) makeFolders(folder);
    } catch (IOException e) {
      throw IoReason.writing(root, e);
    }
    removeStale(folder);
    prepared.add(folder);
  }

  private static void makeFolders(Path folder) throws IOException {
    Path above = folder.toAbsolutePath();
    while (above != null && !Files.isDirectory(above)) {
      above = above.getParent();
    }
    Files.createDirectories(folder);
    // From the top down, so that no name is durable before the folder it is in.
    if (above == null) return;
    for (Path name : above.relativize(folder.toAbsolutePath())) {
      DurableFiles.syncFolder(above);
      above = above.resolve(name);
    }
  }

  private static void removeStale(Path folder) {
    long before = System.currentTimeMillis() - STALE_MILLIS;
    File[] left =
        folder.toFile().listFiles((in, name) -> name.startsWith(DurableFiles.TEMPORARY_PREFIX));
    if (left == null) return;
    for (File file : left) {
      // One that cannot be removed takes space and does no other harm.
      if (file.isFile() && file.lastModified() < before) file.delete();
    }
  }
}
