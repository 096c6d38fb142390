package org.tidelog.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * What the store is built on, by itself: the same driver and settings, one table of a number and a
 * blob. Each commit has been synced when it returns. Owned by one thread.
 */
final class BareSqlite implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement insert;
  private long rows;

  BareSqlite(Path file) throws SQLException {
    connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
    }
    insert = connection.prepareStatement("INSERT INTO entries (id, body) VALUES (?, ?)");
  }

  /** One row: a commit of its own, unless a group has been begun. */
  void insert(byte[] body) throws SQLException {
    insert.setLong(1, rows++);
    insert.setBytes(2, body);
    insert.executeUpdate();
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
