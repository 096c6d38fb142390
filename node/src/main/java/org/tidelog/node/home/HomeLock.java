package org.tidelog.node.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a home, against other processes and within this one. The operating system
 * gives it up when the process ends, however it ends. Thread-safe.
 */
final class HomeLock implements AutoCloseable {
  private static final long RETRY_MILLIS = 20;

  /**
   * Homes that this process has open. Asking the file would not do: on POSIX, closing any channel
   * on it gives up the lock that another channel of the process holds.
   */
  private static final Set<Path> OPEN = new HashSet<>();

  private final Path home;
  private final FileChannel channel;

  private HomeLock(Path home, FileChannel channel) {
    this.home = home;
    this.channel = channel;
  }

  /** Waits up to that long. */
  static HomeLock take(Path file, Duration wait) throws IOException {
    Path home = file.toRealPath(); // One home by two names is one home.
    long until = System.nanoTime() + wait.toNanos();
    while (true) {
      HomeLock lock = tryTake(home);
      if (lock != null) return lock;
      long left = until - System.nanoTime();
      if (left <= 0) throw locked(home);
      sleep(home, Math.min(RETRY_MILLIS, 1 + left / 1_000_000));
    }
  }

  private static HomeException locked(Path home) {
    return new HomeException(
        HomeException.Kind.LOCKED,
        "cannot open the home " + home + ": it is in use by another process",
        "wait until that has ended",
        null);
  }

  private static void sleep(Path home, long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw locked(home);
    }
  }

  private static @Nullable HomeLock tryTake(Path home) throws IOException {
    synchronized (OPEN) {
      if (!OPEN.add(home)) return null;
    }
    HomeLock taken = null;
    try {
      taken = lockFile(home);
      return taken;
    } finally {
      if (taken == null) release(home);
    }
  }

  private static @Nullable HomeLock lockFile(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.resolve(Home.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : new HomeLock(home, channel);
    } catch (OverlappingFileLockException e) {
      return null; // Held by a copy of this class in another class loader.
    } finally {
      if (lock == null) channel.close();
    }
  }

  private static void release(Path home) {
    synchronized (OPEN) {
      OPEN.remove(home);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      release(home);
    }
  }
}
