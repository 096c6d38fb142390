package org.tidelog.node.sqlite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoreException.Cause;

/** Says in the words of the port what SQLite reports. */
final class Failures {
  private static final int PRIMARY_CODE_MASK = 0xff;

  /**
   * SQLite reports a quota, or a sync that finds no room, as an input or output error; below this
   * much room it is a full disk.
   */
  private static final long ROOM_BYTES_MIN = 1024 * 1024;

  private static final Set<SQLiteErrorCode> DAMAGE =
      Set.of(
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_NOTADB,
          SQLiteErrorCode.SQLITE_MISMATCH,
          SQLiteErrorCode.SQLITE_TOOBIG);

  /** A write-ahead file grows by some pages at a time. */
  private static final long LIMIT_BYTES_NEAR = 1024 * 1024;

  private static final Path LIMITS = Path.of("/proc/self/limits");

  private final Path file;

  Failures(Path file) {
    this.file = file;
  }

  StoreException of(SQLException e) {
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY_CODE_MASK);
    // Without a code it is the driver that failed, which unpacks its library to a file first.
    boolean unpacking = e.getErrorCode() == 0 && atFileSizeLimit();
    boolean full =
        unpacking || (code == SQLiteErrorCode.SQLITE_IOERR && (noRoom() || atFileSizeLimit()));
    if (code == SQLiteErrorCode.SQLITE_FULL || full) {
      return new StoreException(Cause.FULL, "store " + file + ": no space left", e);
    }
    if (DAMAGE.contains(code)) return damaged(damage(code), e);
    if (code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED) {
      return new StoreException(Cause.FAILED, "store " + file + ": in use by another process", e);
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR) {
      return new StoreException(
          Cause.FAILED, "store " + file + ": the system failed to read or write it", e);
    }
    return new StoreException(Cause.FAILED, "store " + file + ": " + e.getMessage(), e);
  }

  /** SQLite's own words are for those who know its source. */
  private static String damage(SQLiteErrorCode code) {
    return code == SQLiteErrorCode.SQLITE_NOTADB
        ? "it is not a database"
        : "parts of it are not what was written";
  }

  private boolean noRoom() {
    File folder = file.toAbsolutePath().toFile().getParentFile();
    return folder != null && folder.getUsableSpace() < ROOM_BYTES_MIN;
  }

  /**
   * Whether one of the files is about as large as this process may make any ({@code ulimit -f}).
   */
  private boolean atFileSizeLimit() {
    long limit = fileSizeLimit();
    long main = file.toFile().length();
    long writeAhead = new File(file.toFile().getPath() + "-wal").length();
    return Math.max(main, writeAhead) > limit - LIMIT_BYTES_NEAR;
  }

  private static long fileSizeLimit() {
    try {
      for (String line : Files.readAllLines(LIMITS)) {
        if (!line.startsWith("Max file size")) continue;
        String soft = line.substring("Max file size".length()).trim().split(" ", 2)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    } catch (IOException | NumberFormatException e) {
      // Not a system that tells.
    }
    return Long.MAX_VALUE;
  }

  StoreException damaged(String what, Throwable cause) {
    return new StoreException(Cause.DAMAGED, "store " + file + ": damaged: " + what, cause);
  }

  StoreException damaged(String what) {
    return new StoreException(Cause.DAMAGED, "store " + file + ": damaged: " + what);
  }

  StoreException refused(String why) {
    return new StoreException(Cause.FAILED, "store " + file + ": " + why);
  }

  StoreException refused(String why, Throwable cause) {
    return new StoreException(Cause.FAILED, "store " + file + ": " + why, cause);
  }
}
