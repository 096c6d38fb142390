package org.tidelog.node.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.node.folder.DurableFiles;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NotAFileException;
import org.tidelog.node.folder.OversizedException;
import org.tidelog.node.home.HomeException.Kind;

/**
 * An open home: the folder, its lock, and its small files. It does not read keys or logs; it says
 * where they are. Failures are {@link HomeException}. Owned by one thread.
 */
public final class Home implements AutoCloseable {
  static final String KEYS = "keys";
  static final String CONFIG = "config";
  static final String STORE = "log.db";
  static final String BLOBS = "blobs";
  static final String LOCK = "lock";
  static final String INCARNATION = "incarnation";
  static final String SIZES = "sizes";
  static final String TOKENS = "tokens";
  private static final String MIRROR = "mirror";

  /** A key store grows with its topics, 100 bytes each. */
  private static final int KEYS_BYTES_MAX = 16 * 1024 * 1024;

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path path;
  private final HomeLock lock;

  private Home(Path path, HomeLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Fails with {@link HomeException.Kind#EXISTS} where no home can be made because something is
   * there.
   */
  public static void refuseIfTaken(Path path) {
    new NewHome(path).refuseIfTaken();
  }

  /**
   * Makes a home whole, or nothing: it appears under its name when everything in it is durable.
   *
   * @param keys makes the key store, with what the home is known by
   * @param newStore makes the store at the path it is given, and closes it
   */
  public static void create(
      Path path, Function<HomeMark, byte[]> keys, Config config, Consumer<Path> newStore) {
    new NewHome(path).create(keys, config, newStore);
  }

  /**
   * Opens and locks a home.
   *
   * @param wait how long to wait for another process that has it open
   */
  public static Home open(Path path, Duration wait) {
    String what = "cannot open the home " + path;
    if (!Files.exists(path)) throw absent(path);
    if (!Files.isDirectory(path)) throw failed(what + ": it is not a folder");
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      throw failed(what + ": permission denied");
    }
    if (!Files.exists(path.resolve(KEYS))) {
      if (!Files.exists(path.resolve(STORE))) throw absent(path);
      throw damaged(path, KEYS, "it is gone");
    }
    try {
      refuseIfExposed(path, "700");
      refuseIfExposed(path.resolve(KEYS), "600");
      return new Home(path.toRealPath(), HomeLock.take(path, wait));
    } catch (IOException e) {
      throw HomeException.of(what, e);
    }
  }

  private static HomeException absent(Path path) {
    return new HomeException(
        Kind.NOT_FOUND, "cannot open the home " + path + ": there is none", "tidelog init", null);
  }

  private static HomeException failed(String message) {
    return new HomeException(Kind.FAILED, message, null, null);
  }

  private static void refuseIfExposed(Path file, String mode) throws IOException {
    if (!isExposed(file)) return;
    throw new HomeException(
        Kind.EXPOSED,
        "cannot open the home: others than its owner have access to " + file,
        "chmod " + mode + " " + file,
        null);
  }

  /**
   * Whether anybody but the owner may do anything with a file; false where the platform knows no
   * permissions.
   */
  static boolean isExposed(Path file) throws IOException {
    if (!DurableFiles.hasPermissions(file)) return false;
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (UnsupportedOperationException e) {
      return false; // A file system without permissions within one that has them.
    }
  }

  private static HomeException damaged(Path home, String file, String why) {
    return new HomeException(
        Kind.DAMAGED,
        "cannot read " + home.resolve(file) + ": " + why,
        "restore the home from a backup",
        null);
  }

  public Path path() {
    return path;
  }

  /** Where the logs are. */
  public Path store() {
    return path.resolve(STORE);
  }

  /** The folder of the blocks of large payloads. */
  public Path blobs() {
    return path.resolve(BLOBS);
  }

  /** The folder that logs are published to unless the settings name another. */
  public Path mirror() {
    return path.resolve(MIRROR);
  }

  /** The bytes of the key store. */
  public byte[] keys() {
    return read(KEYS, KEYS_BYTES_MAX);
  }

  /** Replaces the key store durably: after a power cut there is the one before or this one. */
  public void replaceKeys(byte[] keys) {
    replace(KEYS, keys);
  }

  /**
   * What this home is known by as it is now; a copy of it is known by something else. Empty where
   * that cannot be told.
   */
  public Optional<HomeMark> mark() {
    try {
      return IncarnationFile.read(path);
    } catch (NotAFileException e) {
      return Optional.empty(); // Something else is in its place.
    } catch (IOException e) {
      throw HomeException.of("cannot read " + path.resolve(INCARNATION), e);
    }
  }

  /**
   * Makes this home one that is known by something else. After a power cut halfway it is one that
   * matches nothing.
   */
  public HomeMark remark(byte[] id) {
    // In this order: sizes of another incarnation are as good as none.
    replaceSizes(Sizes.none(id));
    try {
      IncarnationFile.write(path, id);
    } catch (IOException e) {
      throw HomeException.of("cannot write " + path.resolve(INCARNATION), e);
    }
    return mark()
        .orElseThrow(() -> failed("cannot read " + path.resolve(INCARNATION) + ": it is gone"));
  }

  /** How long the logs were when that was last kept; empty where it cannot be told. */
  public Optional<Sizes> sizes() {
    try {
      Optional<byte[]> bytes = DurableFiles.read(path.resolve(SIZES), Sizes.BYTES_MAX);
      return bytes.isPresent() ? Optional.of(Sizes.parse(bytes.get())) : Optional.empty();
    } catch (MalformedException | OversizedException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw HomeException.of("cannot read " + path.resolve(SIZES), e);
    }
  }

  public void replaceSizes(Sizes sizes) {
    replace(SIZES, sizes.encode());
  }

  public Config config() {
    try {
      return Config.parse(read(CONFIG, Config.BYTES_MAX));
    } catch (MalformedException e) {
      throw new HomeException(
          Kind.DAMAGED,
          "cannot read " + path.resolve(CONFIG) + ": " + e.getMessage(),
          "mend it with a text editor",
          e);
    }
  }

  public void replaceConfig(Config config) {
    replace(CONFIG, config.encode());
  }

  /** What the file of secrets for the mirror says; empty where there is none. */
  public Optional<String> tokens() {
    Path file = path.resolve(TOKENS);
    try {
      Optional<byte[]> bytes = DurableFiles.read(file, Config.BYTES_MAX);
      if (bytes.isPresent()) refuseIfExposed(file, "600");
      return bytes.map(text -> new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw HomeException.of("cannot read " + file, e);
    }
  }

  private byte[] read(String name, int bytesMax) {
    Path file = path.resolve(name);
    try {
      Optional<byte[]> bytes = DurableFiles.read(file, bytesMax);
      if (!bytes.isPresent()) throw damaged(path, name, "it is gone");
      if (bytes.get().length == 0) throw damaged(path, name, "it is empty");
      return bytes.get();
    } catch (IOException e) {
      // One with a cause comes from the operating system: the file may be whole.
      Kind kind = e.getCause() == null ? Kind.DAMAGED : Kind.FAILED;
      throw new HomeException(kind, "cannot read " + IoReason.of(e), null, e);
    }
  }

  private void replace(String name, byte[] bytes) {
    try {
      DurableFiles.replacePrivate(path.resolve(name), bytes);
    } catch (IOException e) {
      throw HomeException.of("cannot write " + path.resolve(name), e);
    }
  }

  /** Gives up the lock. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw HomeException.of("cannot close the home " + path, e);
    }
  }
}
