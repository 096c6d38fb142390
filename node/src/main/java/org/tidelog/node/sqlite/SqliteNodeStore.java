package org.tidelog.node.sqlite;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.PublishedBlock;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.replicator.spi.DeviceStore;

/**
 * The store of a home in one SQLite file. A commit is one transaction that has been synced when it
 * returns; opening reads no log, however many there are. Needs the home's lock: it holds the file
 * exclusively. Owned by one thread at a time.
 */
public final class SqliteNodeStore implements DeviceStore {
  /** So many logs are read in one pass over all, instead of one by one. */
  private static final int SCAN_LOGS_MIN = 64;

  private final File file;
  private final Database database;
  private final LogTable logs;
  private final SliceTable slices;
  private final PublishedTable published;
  private final ValueTable values;

  private SqliteNodeStore(Path file, Database database) {
    this.file = file.toFile();
    this.database = database;
    this.logs = new LogTable(database);
    this.slices = new SliceTable(database);
    this.published = new PublishedTable(database);
    this.values = new ValueTable(database);
  }

  /**
   * Makes a new, empty store.
   *
   * @throws StoreException if there is a file already, or none can be made
   */
  public static SqliteNodeStore create(Path file) {
    if (file.toFile().exists()) throw new Failures(file).refused("there is one already");
    return new SqliteNodeStore(file, Database.open(file, Schema.MIGRATIONS));
  }

  /**
   * Opens a store that was made before. One that is gone is not made anew: this device's logs would
   * begin again at position 0, and fork.
   *
   * @throws StoreException if it is not there, is damaged, was made by a newer version, or cannot
   *     be read and written
   */
  public static SqliteNodeStore open(Path file) {
    if (!file.toFile().exists()) throw new Failures(file).damaged("it is gone");
    if (!file.toFile().isFile()) throw new Failures(file).damaged("it is not a file");
    if (file.toFile().length() == 0) throw new Failures(file).damaged("it is empty");
    return new SqliteNodeStore(file, Database.open(file, Schema.MIGRATIONS));
  }

  @Override
  public List<IpnsName> logs() {
    return database.read(logs::names);
  }

  @Override
  public Optional<StoredLog> log(IpnsName log) {
    return database.read(
        () -> {
          OptionalLong known = logs.number(log);
          if (!known.isPresent()) return Optional.empty();
          long number = known.getAsLong();
          return Optional.of(
              new StoredLog(slices.held(number), slices.head(log, number), logs.record(number)));
        });
  }

  @Override
  public void logs(Set<IpnsName> names, BiConsumer<IpnsName, StoredLog> to) {
    if (names.size() < SCAN_LOGS_MIN) {
      DeviceStore.super.logs(names, to);
      return;
    }
    database.read(
        () -> {
          new LogScan(database).run(names, to);
          return true;
        });
  }

  @Override
  public List<StoredSlice> slices(IpnsName log, long from, long to, long bytesMax) {
    if (from >= to) return List.of();
    SeqRange range = new SeqRange(from, to);
    return database.read(
        () -> {
          OptionalLong number = logs.number(log);
          if (!number.isPresent()) return List.of();
          return slices.slices(log, number.getAsLong(), range, bytesMax);
        });
  }

  @Override
  public List<SliceOutline> outlines(IpnsName log, long from, long to) {
    if (from >= to) return List.of();
    return database.read(
        () -> {
          OptionalLong number = logs.number(log);
          if (!number.isPresent()) return List.of();
          return slices.outlines(log, number.getAsLong(), from, to);
        });
  }

  @Override
  public List<PublishedBlock> published(IpnsName log, int level, long fromOrdinal) {
    return database.read(
        () -> {
          OptionalLong number = logs.number(log);
          if (!number.isPresent()) return List.of();
          return published.from(number.getAsLong(), level, fromOrdinal);
        });
  }

  @Override
  public Optional<byte[]> get(String key) {
    return database.read(() -> values.get(key));
  }

  @Override
  public SortedMap<String, byte[]> withPrefix(String prefix) {
    return database.read(() -> values.withPrefix(prefix));
  }

  @Override
  public SortedMap<String, byte[]> between(String from, String to, int max) {
    return database.read(() -> values.between(from, to, max));
  }

  @Override
  public void scrub() {
    database.emptyWriteAhead();
  }

  @Override
  public void commit(List<LogChange> changes, Map<String, Optional<byte[]>> changedValues) {
    if (changes.isEmpty() && changedValues.isEmpty()) return;
    if (changes.size() == 1 && changedValues.isEmpty() && isOneRow(changes.get(0))) {
      database.writeRow(() -> apply(changes.get(0)));
      return;
    }
    database.write(
        () -> {
          for (LogChange change : changes) {
            apply(change);
          }
          for (Map.Entry<String, Optional<byte[]>> change : changedValues.entrySet()) {
            apply(change.getKey(), change.getValue());
          }
        });
  }

  /** What a single append changes. */
  private boolean isOneRow(LogChange change) {
    return logs.isNumbered(change.log())
        && change.slices().size() == 1
        && change.removed().isEmpty()
        && change.unpublished().isEmpty()
        && change.published().isEmpty()
        && !change.record().isPresent();
  }

  private void apply(LogChange change) throws SQLException, MalformedException {
    long number = logs.numberOrNew(change.log());
    for (long first : change.removed()) {
      slices.remove(number, first);
    }
    for (StoredSlice slice : change.slices()) {
      slices.put(number, slice);
    }
    for (LogChange.BlocksFrom from : change.unpublished()) {
      published.remove(number, from);
    }
    for (PublishedBlock block : change.published()) {
      published.put(number, block);
    }
    if (change.record().isPresent() || change.forgetsRecord()) {
      logs.putRecord(number, change.record().orElse(null));
    }
  }

  private void apply(String key, Optional<byte[]> value) throws SQLException {
    if (value.isPresent()) {
      values.put(key, value.get());
    } else {
      values.remove(key);
    }
  }

  @Override
  public void check() {
    Optional<String> damage = database.damage();
    if (damage.isPresent()) throw database.failures().damaged(damage.get());
    database.read(
        () -> {
          values.check();
          return true;
        });
  }

  /** Bytes of the file and of what has not been moved into it yet. */
  @Override
  public long storeBytes() {
    return file.length() + new File(file.getPath() + "-wal").length();
  }

  /** Lets the file grow to that many pages and no more, as a full disk would. For tests. */
  void limitPages(long pages) {
    database.limitPages(pages);
  }

  @Override
  public void close() {
    database.close();
  }
}
