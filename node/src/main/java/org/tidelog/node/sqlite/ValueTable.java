package org.tidelog.node.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;

/** Rows of {@code "values"}. */
final class ValueTable {
  private static final String SELECT = "SELECT value FROM \"values\" WHERE key = ?";
  private static final String SELECT_FROM =
      "SELECT key, value FROM \"values\" WHERE key >= ? ORDER BY key";
  private static final String PUT = "INSERT OR REPLACE INTO \"values\" (key, value) VALUES (?, ?)";
  private static final String DELETE = "DELETE FROM \"values\" WHERE key = ?";

  private final Database database;

  ValueTable(Database database) {
    this.database = database;
  }

  Optional<byte[]> get(String key) throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT);
    select.setString(1, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(Columns.blob(row, 1)) : Optional.empty();
    }
  }

  /** The table is in the order of UTF-8 bytes, in which all keys with one prefix stand together. */
  SortedMap<String, byte[]> withPrefix(String prefix) throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT_FROM);
    select.setString(1, prefix);
    SortedMap<String, byte[]> found = new TreeMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String key = row.getString(1);
        if (!key.startsWith(prefix)) break;
        found.put(key, Columns.blob(row, 2));
      }
    }
    return found;
  }

  void put(String key, byte[] value) throws SQLException {
    PreparedStatement put = database.statement(PUT);
    put.setString(1, key);
    put.setBytes(2, value);
    put.executeUpdate();
  }

  void remove(String key) throws SQLException {
    PreparedStatement delete = database.statement(DELETE);
    delete.setString(1, key);
    delete.executeUpdate();
  }
}
