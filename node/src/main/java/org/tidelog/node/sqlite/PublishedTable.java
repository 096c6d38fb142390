package org.tidelog.node.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.PublishedBlock;

/** Rows of {@code published}. */
final class PublishedTable {
  private static final String SELECT =
      "SELECT ordinal, first, \"end\", weight, bytes, cid, previous, roots FROM published"
          + " WHERE log = ? AND level = ? AND ordinal >= ? ORDER BY ordinal";
  private static final String PUT =
      "INSERT OR REPLACE INTO published"
          + " (log, level, ordinal, first, \"end\", weight, bytes, cid, previous, roots)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String DELETE =
      "DELETE FROM published WHERE log = ? AND level = ? AND ordinal >= ?";

  private final Database database;

  PublishedTable(Database database) {
    this.database = database;
  }

  List<PublishedBlock> from(long number, int level, long ordinal)
      throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT);
    select.setLong(1, number);
    select.setInt(2, level);
    select.setLong(3, ordinal);
    List<PublishedBlock> blocks = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        blocks.add(block(level, row));
      }
    }
    return blocks;
  }

  private static PublishedBlock block(int level, ResultSet row)
      throws SQLException, MalformedException {
    return new PublishedBlock(
        level,
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        Cid.parse(Columns.blob(row, 6)),
        Digest.parse(Columns.blob(row, 7)),
        Columns.digests(Columns.blob(row, 8)));
  }

  void put(long number, PublishedBlock block) throws SQLException {
    PreparedStatement put = database.statement(PUT);
    put.setLong(1, number);
    put.setInt(2, block.level());
    put.setLong(3, block.ordinal());
    put.setLong(4, block.first());
    put.setLong(5, block.end());
    put.setLong(6, block.weight());
    put.setLong(7, block.bytes());
    put.setBytes(8, block.cid().bytes());
    put.setBytes(9, block.previous().bytes());
    put.setBytes(10, Columns.digests(block.roots()));
    put.executeUpdate();
  }

  void remove(long number, LogChange.BlocksFrom from) throws SQLException {
    PreparedStatement delete = database.statement(DELETE);
    delete.setLong(1, number);
    delete.setInt(2, from.level());
    delete.setLong(3, from.ordinal());
    delete.executeUpdate();
  }
}
