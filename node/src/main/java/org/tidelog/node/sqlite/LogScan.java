package org.tidelog.node.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.StoredLog;

/**
 * One pass over all logs and the outlines of their slices: where very many logs are asked for, that
 * costs less than looking up each. Backwards, because the head is with a log's last slice.
 */
final class LogScan {
  private static final String SELECT_LOGS =
      "SELECT number, name, record FROM logs ORDER BY number DESC";
  private static final String SELECT_SLICES =
      "SELECT " + SliceTable.OUTLINE + " FROM slices ORDER BY id DESC";

  private final Database database;

  LogScan(Database database) {
    this.database = database;
  }

  void run(Set<IpnsName> names, BiConsumer<IpnsName, StoredLog> to)
      throws SQLException, MalformedException {
    try (ResultSet log = database.statement(SELECT_LOGS).executeQuery();
        ResultSet slice = database.statement(SELECT_SLICES).executeQuery()) {
      boolean more = slice.next();
      while (log.next()) {
        long number = log.getLong(1);
        IpnsName name = IpnsName.parse(Columns.blob(log, 2));
        Slices slices = new Slices(name, names.contains(name));
        while (more && SliceTable.number(slice) >= number) {
          if (SliceTable.number(slice) == number) slices.take(slice);
          more = slice.next();
        }
        if (!slices.wanted) continue;
        Optional<byte[]> record = Optional.ofNullable(log.getBytes(3));
        to.accept(name, new StoredLog(slices.held(), slices.head, record));
      }
    }
  }

  /** Those of one log, from the last to the first. */
  private static final class Slices {
    private final IpnsName log;
    private final boolean wanted;
    private final List<SeqRange> ranges = new ArrayList<>();
    private Optional<Head> head = Optional.empty();
    private long from;
    private long to;

    Slices(IpnsName log, boolean wanted) {
      this.log = log;
      this.wanted = wanted;
    }

    void take(ResultSet row) throws SQLException, MalformedException {
      if (!wanted) return;
      if (to == 0) head = SliceTable.outline(log, row).head();
      long first = SliceTable.first(row);
      long end = first + SliceTable.count(row);
      if (end != from) {
        endRange();
        to = end;
      }
      from = first;
    }

    private void endRange() {
      if (from < to) ranges.add(new SeqRange(from, to));
    }

    SeqRanges held() {
      endRange();
      Collections.reverse(ranges);
      return SeqRanges.of(ranges);
    }
  }
}
