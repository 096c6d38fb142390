package org.tidelog.node.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;

/** Rows of {@code logs}. Numbers are looked up once, when a log is first spoken of. */
final class LogTable {
  /** The number and a position share 63 bits. */
  private static final long NUMBER_MAX = (1L << 23) - 1;

  private static final String SELECT_NAMES = "SELECT name FROM logs ORDER BY name";
  private static final String SELECT_NUMBER = "SELECT number FROM logs WHERE name = ?";
  private static final String SELECT_RECORD = "SELECT record FROM logs WHERE number = ?";
  private static final String SELECT_NEXT = "SELECT ifnull(max(number), 0) + 1 FROM logs";
  private static final String INSERT = "INSERT INTO logs (number, name) VALUES (?, ?)";
  private static final String UPDATE_RECORD = "UPDATE logs SET record = ? WHERE number = ?";

  private final Database database;
  private final Map<IpnsName, Long> numbers = new HashMap<>();

  LogTable(Database database) {
    this.database = database;
  }

  List<IpnsName> names() throws SQLException, MalformedException {
    List<IpnsName> names = new ArrayList<>();
    try (ResultSet row = database.statement(SELECT_NAMES).executeQuery()) {
      while (row.next()) {
        names.add(IpnsName.parse(Columns.blob(row, 1)));
      }
    }
    return names;
  }

  /** Empty where nothing was ever kept of the log. */
  OptionalLong number(IpnsName log) throws SQLException, MalformedException {
    @Nullable Long known = numbers.get(log);
    if (known != null) return OptionalLong.of(known);
    PreparedStatement select = database.statement(SELECT_NUMBER);
    select.setBytes(1, log.key());
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) return OptionalLong.empty();
      long number = row.getLong(1);
      if (number < 1 || number > NUMBER_MAX) throw new MalformedException("log number " + number);
      numbers.put(log, number);
      return OptionalLong.of(number);
    }
  }

  /** Whether {@link #numberOrNew} is known to write nothing. */
  boolean isNumbered(IpnsName log) {
    return numbers.containsKey(log);
  }

  /** The number of a log, which is given one if it has none. Within a transaction only. */
  long numberOrNew(IpnsName log) throws SQLException, MalformedException {
    OptionalLong known = number(log);
    if (known.isPresent()) return known.getAsLong();
    long number = next();
    PreparedStatement insert = database.statement(INSERT);
    insert.setLong(1, number);
    insert.setBytes(2, log.key());
    insert.executeUpdate();
    numbers.put(log, number);
    return number;
  }

  private long next() throws SQLException {
    try (ResultSet row = database.statement(SELECT_NEXT).executeQuery()) {
      row.next();
      long number = row.getLong(1);
      if (number > NUMBER_MAX) throw new IllegalStateException("logs: " + number);
      return number;
    }
  }

  Optional<byte[]> record(long number) throws SQLException {
    PreparedStatement select = database.statement(SELECT_RECORD);
    select.setLong(1, number);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
    }
  }

  void putRecord(long number, byte @Nullable [] record) throws SQLException {
    PreparedStatement update = database.statement(UPDATE_RECORD);
    update.setBytes(1, record);
    update.setLong(2, number);
    update.executeUpdate();
  }
}
