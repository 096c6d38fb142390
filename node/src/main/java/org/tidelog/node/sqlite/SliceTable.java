package org.tidelog.node.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/** Rows of {@code slices}. */
final class SliceTable {
  /** Positions are below 2^40, so this many bits of a row's id hold one. */
  private static final int SEQ_BITS = 40;

  private static final long SEQ_MASK = (1L << SEQ_BITS) - 1;

  static final String OUTLINE = "id, count, previous, last, roots, head";

  /**
   * The slice that begins before {@code ?2} may reach into the range: no two slices overlap, so it
   * is one.
   */
  private static final String OVERLAPPING =
      " FROM slices WHERE id >= ifnull((SELECT id FROM slices WHERE id BETWEEN ?1 AND ?2"
          + " ORDER BY id DESC LIMIT 1), ?2) AND id < ?3 ORDER BY id";

  private static final String SELECT_OUTLINES = "SELECT " + OUTLINE + OVERLAPPING;
  private static final String SELECT_SLICES = "SELECT " + OUTLINE + ", body" + OVERLAPPING;
  private static final String SELECT_HELD =
      "SELECT id, count FROM slices WHERE id >= ?1 AND id < ?2 ORDER BY id";
  private static final String SELECT_LAST =
      "SELECT " + OUTLINE + " FROM slices WHERE id >= ?1 AND id < ?2 ORDER BY id DESC LIMIT 1";
  private static final String PUT =
      "INSERT OR REPLACE INTO slices (id, count, previous, last, roots, head, body)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String DELETE = "DELETE FROM slices WHERE id = ?";

  private final Database database;
  private final ByteWriter buffer = new ByteWriter();
  private final HeldRanges held = new HeldRanges();

  SliceTable(Database database) {
    this.database = database;
  }

  private static long id(long number, long seq) {
    return number << SEQ_BITS | seq;
  }

  private static long idEnd(long number, long to) {
    return to > SEQ_MASK ? id(number + 1, 0) : id(number, to);
  }

  SeqRanges held(long number) throws SQLException, MalformedException {
    Optional<SeqRanges> known = held.of(number);
    if (known.isPresent()) return known.get();
    SeqRanges ranges = readHeld(number);
    held.put(number, ranges);
    return ranges;
  }

  private SeqRanges readHeld(long number) throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT_HELD);
    select.setLong(1, id(number, 0));
    select.setLong(2, id(number + 1, 0));
    List<SeqRange> ranges = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      long from = 0;
      long to = 0;
      while (row.next()) {
        long first = row.getLong(1) & SEQ_MASK;
        if (first != to) {
          if (from < to) ranges.add(new SeqRange(from, to));
          from = first;
        }
        to = first + count(row);
      }
      if (from < to) ranges.add(new SeqRange(from, to));
    }
    return SeqRanges.of(ranges);
  }

  /** The head stored with the last slice. */
  Optional<Head> head(IpnsName log, long number) throws SQLException, MalformedException {
    PreparedStatement select = database.statement(SELECT_LAST);
    select.setLong(1, id(number, 0));
    select.setLong(2, id(number + 1, 0));
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? outline(log, row).head() : Optional.empty();
    }
  }

  List<SliceOutline> outlines(IpnsName log, long number, long from, long to)
      throws SQLException, MalformedException {
    List<SliceOutline> found = new ArrayList<>();
    try (ResultSet row = overlapping(SELECT_OUTLINES, number, from, to)) {
      while (row.next()) {
        SliceOutline outline = outline(log, row);
        if (outline.end() > from) found.add(outline);
      }
    }
    return found;
  }

  List<StoredSlice> slices(IpnsName log, long number, SeqRange range, long bytesMax)
      throws SQLException, MalformedException {
    List<StoredSlice> found = new ArrayList<>();
    long bytes = 0;
    try (ResultSet row = overlapping(SELECT_SLICES, number, range.from(), range.to())) {
      while (row.next()) {
        SliceOutline outline = outline(log, row);
        if (outline.end() <= range.from()) continue;
        StoredSlice slice = new StoredSlice(outline, Slice.parse(Columns.blob(row, 7)));
        found.add(slice);
        bytes += slice.slice().length();
        if (bytes >= bytesMax) break;
      }
    }
    return found;
  }

  private ResultSet overlapping(String sql, long number, long from, long to) throws SQLException {
    PreparedStatement select = database.statement(sql);
    select.setLong(1, id(number, 0));
    select.setLong(2, id(number, Math.min(from, SEQ_MASK)));
    select.setLong(3, idEnd(number, to));
    return select.executeQuery();
  }

  void put(long number, StoredSlice slice) throws SQLException {
    SliceOutline outline = slice.outline();
    held.add(number, outline.range());
    PreparedStatement put = database.statement(PUT);
    put.setLong(1, id(number, outline.first()));
    put.setInt(2, outline.count());
    setOrNull(put, 3, outline.first() == 0 ? null : outline.previous().bytes());
    put.setBytes(4, outline.last().bytes());
    setOrNull(put, 5, outline.count() == 1 ? null : Columns.digests(outline.roots()));
    setOrNull(put, 6, outline.head().map(this::headBytes).orElse(null));
    put.setBytes(7, slice.slice().bytes());
    put.executeUpdate();
  }

  void remove(long number, long first) throws SQLException {
    held.forget(number);
    PreparedStatement delete = database.statement(DELETE);
    delete.setLong(1, id(number, first));
    delete.executeUpdate();
  }

  private static void setOrNull(PreparedStatement to, int column, byte @Nullable [] bytes)
      throws SQLException {
    if (bytes == null) {
      to.setNull(column, Types.BLOB);
    } else {
      to.setBytes(column, bytes);
    }
  }

  private byte[] headBytes(Head head) {
    return buffer
        .reset()
        .u64(head.timeMillis())
        .digest(head.root())
        .bytes(head.signature())
        .toByteArray();
  }

  /** What a row of {@link #OUTLINE} says. */
  static SliceOutline outline(IpnsName log, ResultSet row) throws SQLException, MalformedException {
    long first = row.getLong(1) & SEQ_MASK;
    int count = count(row);
    byte @Nullable [] previous = row.getBytes(3);
    Digest last = Digest.parse(Columns.blob(row, 4));
    byte @Nullable [] roots = row.getBytes(5);
    byte @Nullable [] head = row.getBytes(6);
    List<Digest> rootList = roots == null ? List.of(last) : Columns.digests(roots);
    if (rootList.size() != AlignedRoots.heights(first, first + count).length) {
      throw new MalformedException("slice at " + first + " with " + rootList.size() + " roots");
    }
    return new SliceOutline(
        first,
        count,
        previous == null ? Digest.ZERO : Digest.parse(previous),
        last,
        rootList,
        head == null ? Optional.empty() : Optional.of(head(log, first + count, last, head)));
  }

  /** Of its log. */
  static long number(ResultSet row) throws SQLException {
    return row.getLong(1) >> SEQ_BITS;
  }

  static long first(ResultSet row) throws SQLException {
    return row.getLong(1) & SEQ_MASK;
  }

  static int count(ResultSet row) throws SQLException, MalformedException {
    long count = row.getLong(2);
    if (count < 1 || count > Limits.SLICE_ENTRIES_MAX) {
      throw new MalformedException("slice of " + count + " entries");
    }
    return (int) count;
  }

  private static Head head(IpnsName log, long size, Digest last, byte[] bytes)
      throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    long timeMillis = in.u64();
    Digest root = in.digest();
    byte[] signature = in.bytes(Head.SIGNATURE_BYTES);
    in.end();
    return Head.claimed(new Head.Statement(log, size, last, root, timeMillis), signature);
  }
}
