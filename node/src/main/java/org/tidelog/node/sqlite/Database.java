package org.tidelog.node.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.tidelog.crypto.MalformedException;
import org.tidelog.log.spi.StoreException;

/**
 * One SQLite file: its settings, its version, its prepared statements and its transactions. After a
 * transaction that failed it refuses everything, because what is in the file is then not known.
 * Owned by one thread at a time.
 */
final class Database implements AutoCloseable {
  /** The lock belongs to the home: whoever has this file open against that is not waited for. */
  private static final int BUSY_MILLIS = 100;

  /** No value of ours comes near. A damaged length is refused before memory is taken for it. */
  private static final int VALUE_BYTES_MAX = 64 * 1024 * 1024;

  private final Connection connection;
  private final Failures failures;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private @Nullable StoreException poison;
  private boolean closed;

  private Database(Connection connection, Failures failures) {
    this.connection = connection;
    this.failures = failures;
  }

  /** Opens the file, or makes it, and brings it to the version that is the number of migrations. */
  static Database open(Path file, List<List<String>> migrations) {
    Failures failures = new Failures(file);
    Database database = new Database(connect(file, failures), failures);
    try {
      database.configure();
      database.migrate(migrations);
      return database;
    } catch (SQLException e) {
      database.close();
      throw failures.of(e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Connection connect(Path file, Failures failures) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, String.valueOf(VALUE_BYTES_MAX));
    try {
      // As a URI, because the driver takes a question mark in a plain path for the start of
      // settings.
      return config.createConnection(
          "jdbc:sqlite:" + file.toAbsolutePath().toUri().toASCIIString());
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  private void configure() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Exclusive before write-ahead: then the index of the latter is in our memory, not in a
      // shared file.
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
        if (!mode.next() || !"wal".equalsIgnoreCase(mode.getString(1))) {
          throw failures.refused("the file system cannot hold a write-ahead file");
        }
      }
      statement.execute("PRAGMA synchronous = FULL");
      // What is deleted or replaced is overwritten with zeros, not just left where nobody looks.
      statement.execute("PRAGMA secure_delete = ON");
    }
  }

  private void migrate(List<List<String>> migrations) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long version = number(statement, "PRAGMA user_version");
      if (version < 0 || version > migrations.size()) {
        throw failures.refused(
            "version "
                + version
                + ", and this program reads up to "
                + migrations.size()
                + ": use a newer one");
      }
      if (version == 0 && number(statement, "SELECT count(*) FROM sqlite_master") > 0) {
        throw failures.damaged("it was not made by this program");
      }
      if (version < migrations.size()) ValueSum.register(connection);
      for (int from = (int) version; from < migrations.size(); from++) {
        statement.execute("BEGIN IMMEDIATE");
        for (String step : migrations.get(from)) {
          statement.execute(step);
        }
        statement.execute("PRAGMA user_version = " + (from + 1));
        statement.execute("COMMIT");
      }
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  Failures failures() {
    return failures;
  }

  /** Something that reads rows. */
  interface Query<T> {
    T run() throws SQLException, MalformedException;
  }

  /** Something that writes rows. */
  interface Work {
    void run() throws SQLException, MalformedException;
  }

  /** Reads. What does not decode is damage. */
  <T> T read(Query<T> query) {
    refuseIfUnusable();
    try {
      return query.run();
    } catch (SQLException e) {
      throw failures.of(e);
    } catch (MalformedException | IllegalArgumentException e) {
      throw failures.damaged(String.valueOf(e.getMessage()), e);
    }
  }

  /** Does all of the work, durably, or none of it. */
  void write(Work work) {
    writeRow(
        () -> {
          statement("BEGIN IMMEDIATE").executeUpdate();
          work.run();
          statement("COMMIT").executeUpdate();
        });
  }

  /** As {@link #write}, for work of one statement: that is a transaction by itself, and cheaper. */
  void writeRow(Work work) {
    refuseIfUnusable();
    try {
      work.run();
    } catch (SQLException e) {
      throw poisoned(failures.of(e));
    } catch (MalformedException e) {
      throw poisoned(failures.damaged(String.valueOf(e.getMessage()), e));
    } catch (RuntimeException | Error e) {
      poisoned(failures.refused("a commit was given up: " + e.getMessage(), e));
      throw e;
    }
  }

  private StoreException poisoned(StoreException why) {
    poison = why;
    try {
      statement("ROLLBACK").executeUpdate();
    } catch (SQLException e) {
      // SQLite has rolled back already, or cannot: nothing is done with this connection any more
      // either way.
      why.addSuppressed(e);
    }
    return why;
  }

  private void refuseIfUnusable() {
    if (closed) throw failures.refused("closed");
    if (poison != null) {
      throw new StoreException(
          poison.why(), poison.getMessage() + " (it must be opened anew)", poison);
    }
  }

  /** Reads the whole file: whether its trees and indexes are what SQLite made. */
  Optional<String> damage() {
    return read(
        () -> {
          try (ResultSet row = statement("PRAGMA integrity_check(1)").executeQuery()) {
            String said = row.next() ? row.getString(1) : "nothing";
            return "ok".equals(said) ? Optional.empty() : Optional.of(said);
          }
        });
  }

  /**
   * Moves all that was committed to the main file and empties the write-ahead file, where rows that
   * are gone may still stand.
   */
  void emptyWriteAhead() {
    refuseIfUnusable();
    try (Statement statement = connection.createStatement();
        ResultSet done = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (done.next() && done.getInt(1) != 0) throw failures.refused("somebody else has it open");
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  void limitPages(long pages) {
    read(() -> statement("PRAGMA max_page_count = " + pages).execute());
  }

  /**
   * A prepared statement, kept until the end. Its result must be closed before it is used again.
   */
  PreparedStatement statement(String sql) throws SQLException {
    @Nullable PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  /** Moves what is in the write-ahead file to the main file. Nothing is lost where that fails. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }
}
