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
  private static final String SELECT = "SELECT value, sum FROM \"values\" WHERE key = ?";
  private static final String SELECT_FROM =
      "SELECT key, value, sum FROM \"values\" WHERE key >= ? ORDER BY key";
  private static final String SELECT_BETWEEN =
      "SELECT key, value, sum FROM \"values\" WHERE key >= ? AND key < ? ORDER BY key LIMIT ?";
  private static final String PUT =
      "INSERT OR REPLACE INTO \"values\" (key, value, sum) VALUES (?, ?, ?)";
  private static final String DELETE = "DELETE FROM \"values\" WHERE key = ?";

  private final Database database;

  ValueTable(Database database) {
    this.database = database;
  }

  Optional<byte[]> get(String key) throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT);
    select.setString(1, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(checked(key, row, 1)) : Optional.empty();
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
        // The one behind, too: it may be one of these whose key was damaged.
        byte[] value = checked(key, row, 2);
        if (!key.startsWith(prefix)) break;
        found.put(key, value);
      }
    }
    return found;
  }

  /** In the order of UTF-8 bytes, which for the keys asked for here is that of their characters. */
  SortedMap<String, byte[]> between(String from, String to, int max)
      throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT_BETWEEN);
    select.setString(1, from);
    select.setString(2, to);
    select.setInt(3, max);
    SortedMap<String, byte[]> found = new TreeMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String key = row.getString(1);
        found.put(key, checked(key, row, 2));
      }
    }
    return found;
  }

  private static byte[] checked(String key, ResultSet row, int column)
      throws SQLException, MalformedException {
    byte[] value = Columns.blob(row, column);
    long sum = row.getLong(column + 1);
    if (row.wasNull() || sum != ValueSum.of(key, value)) {
      throw new MalformedException("what is remembered under " + key.replaceAll("\\p{C}", "?"));
    }
    return value;
  }

  /** Reads them all: each has to have its sum. */
  void check() throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT_FROM);
    select.setString(1, "");
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        checked(row.getString(1), row, 2);
      }
    }
  }

  void put(String key, byte[] value) throws SQLException {
    PreparedStatement put = database.statement(PUT);
    put.setString(1, key);
    put.setBytes(2, value);
    put.setLong(3, ValueSum.of(key, value));
    put.executeUpdate();
  }

  void remove(String key) throws SQLException {
    PreparedStatement delete = database.statement(DELETE);
    delete.setString(1, key);
    delete.executeUpdate();
  }
}
