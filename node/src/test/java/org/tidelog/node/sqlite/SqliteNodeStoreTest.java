package org.tidelog.node.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.SampleLog;
import org.tidelog.log.spi.StoreException;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.replicator.spi.DeviceStore;
import org.tidelog.replicator.spi.DeviceStoreContract;

final class SqliteNodeStoreTest extends DeviceStoreContract {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a ?#%41 ü.db");
  }

  @Override
  protected DeviceStore create() {
    return SqliteNodeStore.create(file());
  }

  @Override
  protected DeviceStore reopen(LogStore before) {
    ((DeviceStore) before).close();
    return SqliteNodeStore.open(file());
  }

  @AfterEach
  void close() {
    ((DeviceStore) store).close();
  }

  private LogChange change() {
    return new LogChange(log.name());
  }

  private static StoreException refusal(Runnable work) {
    StoreException refused = catchThrowableOfType(StoreException.class, work::run);
    assertThat(refused).isNotNull();
    return refused;
  }

  private void fill(int slices) {
    for (int i = 0; i < slices; i++) {
      store.commit(List.of(change().put(log.append(100, 200))));
    }
  }

  private void sql(String... statements) throws Exception {
    node().close();
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + file().toUri().toASCIIString());
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Test
  void makesTheFileItIsAskedFor() {
    assertThat(file()).isRegularFile();
    assertThat(folder.toFile().list()).allMatch(name -> name.startsWith("a ?#%41 ü.db"));
  }

  @Test
  void isOneFileWhenClosed() {
    fill(3);
    assertThat(node().storeBytes()).isGreaterThan(60_000);

    node().close();

    assertThat(folder.toFile().list()).containsExactly("a ?#%41 ü.db");
    assertThat(node().storeBytes()).isEqualTo(file().toFile().length());
  }

  @Test
  void refusesEverythingOnceClosed() {
    node().close();

    assertThat(refusal(() -> node().logs()).why()).isEqualTo(StoreException.Cause.FAILED);
    node().close();
  }

  @Test
  void makesNoStoreOverAnother() {
    assertThat(refusal(() -> SqliteNodeStore.create(file()))).hasMessageContaining("already");
  }

  @Test
  void doesNotMakeAnewWhatIsGone() {
    StoreException refused = refusal(() -> SqliteNodeStore.open(folder.resolve("other.db")));

    assertThat(refused.why()).isEqualTo(StoreException.Cause.DAMAGED);
    assertThat(folder.resolve("other.db")).doesNotExist();
  }

  @Test
  void refusesAnEmptyFileAndAFolder() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.db"));

    assertThat(refusal(() -> SqliteNodeStore.open(empty)).why())
        .isEqualTo(StoreException.Cause.DAMAGED);
    assertThat(refusal(() -> SqliteNodeStore.open(folder)).why())
        .isEqualTo(StoreException.Cause.DAMAGED);
  }

  @Test
  void refusesWhatIsNoStore() throws Exception {
    byte[] junk = new byte[10_000];
    new Random(1).nextBytes(junk);
    Path file = Files.write(folder.resolve("junk.db"), junk);

    assertThat(refusal(() -> SqliteNodeStore.open(file)).why())
        .isEqualTo(StoreException.Cause.DAMAGED);
  }

  @Test
  void refusesTheDatabaseOfAnotherProgram() throws Exception {
    sql("PRAGMA user_version = 0");

    assertThat(refusal(() -> SqliteNodeStore.open(file())).why())
        .isEqualTo(StoreException.Cause.DAMAGED);
  }

  @Test
  void refusesATruncatedFile() throws Exception {
    fill(20);
    node().close();
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.setLength(raw.length() / 2);
    }

    assertThat(refusal(() -> SqliteNodeStore.open(file())).why())
        .isEqualTo(StoreException.Cause.DAMAGED);
  }

  @Test
  void survivesAnyByteBeingWrong() throws Exception {
    fill(3);
    node().close();
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      byte[] damaged = whole.clone();
      int flips = 1 + random.nextInt(40);
      for (int i = 0; i < flips; i++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file(), damaged);
      try (SqliteNodeStore opened = SqliteNodeStore.open(file())) {
        readEverything(opened);
      } catch (StoreException e) {
        assertThat(e.why()).isNotEqualTo(StoreException.Cause.FULL);
      }
    }
  }

  private void readEverything(DeviceStore opened) {
    opened.logs();
    opened.log(log.name());
    opened.slices(log.name(), 0, Limits.SEQ_MAX, Long.MAX_VALUE);
    opened.outlines(log.name(), 0, Limits.SEQ_MAX);
    opened.published(log.name(), 0, 0);
    opened.withPrefix("");
    opened.commit(List.of(), Map.of("a", Optional.of(new byte[10])));
  }

  @Test
  void reportsRowsThatDoNotDecode() throws Exception {
    for (String damage :
        List.of(
            "body = x'00'",
            "body = 'text'",
            "count = 0",
            "count = 2000000",
            "count = 99",
            "last = x'0102'",
            "roots = x'01'",
            "roots = NULL",
            "head = x'0102'",
            "head = zeroblob(105)",
            "head = cast(x'ff' || zeroblob(103) as blob)",
            "previous = x''",
            "id = id + 1")) {
      fill(1);
      sql("UPDATE slices SET " + damage);
      store = SqliteNodeStore.open(file());

      StoreException refused = refusal(() -> readEverything(node()));

      assertThat(refused.why()).as(damage).isEqualTo(StoreException.Cause.DAMAGED);
      sql("DELETE FROM slices");
      store = SqliteNodeStore.open(file());
    }
  }

  @Test
  void refusesAVersionFromTheFuture() throws Exception {
    sql("PRAGMA user_version = 99");

    assertThat(refusal(() -> SqliteNodeStore.open(file())))
        .hasMessageContaining("version 99")
        .hasMessageContaining("newer");
  }

  @Test
  void bringsAnOlderFileToThisVersion() throws Exception {
    List<String> first = List.of("CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (7)");
    List<String> second = List.of("ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 8");
    Path file = folder.resolve("old.db");
    Database.open(file, List.of(first)).close();

    for (int opening = 0; opening < 2; opening++) {
      try (Database database = Database.open(file, List.of(first, second))) {
        try (var row = database.statement("SELECT x, y FROM a").executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(7);
          assertThat(row.getInt(2)).isEqualTo(8);
          assertThat(row.next()).isFalse();
        }
      }
    }
  }

  @Test
  void leavesAFileAsItIsWhenAMigrationFails() throws Exception {
    List<String> first = List.of("CREATE TABLE a (x INTEGER)");
    List<String> broken = List.of("CREATE TABLE b (y INTEGER)", "INSERT INTO nothing VALUES (1)");
    Path file = folder.resolve("old.db");
    Database.open(file, List.of(first)).close();

    assertThatThrownBy(() -> Database.open(file, List.of(first, broken)))
        .isInstanceOf(StoreException.class);

    try (Database database = Database.open(file, List.of(first));
        var row = database.statement("SELECT count(*) FROM sqlite_master").executeQuery()) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void keepsFilesOfVersionOneReadable() throws Exception {
    Path copy = folder.resolve("v1.db");
    try (var fixture = SqliteNodeStoreTest.class.getResourceAsStream("store-v1.db")) {
      assertThat(fixture).isNotNull();
      Files.copy(fixture, copy);
    }

    try (SqliteNodeStore old = SqliteNodeStore.open(copy)) {
      StoredSlice slice = old.slices(log.name(), 0, 1, Long.MAX_VALUE).get(0);
      assertThat(slice.outline()).isEqualTo(log.append(5, 20).outline());
      assertThat(old.log(log.name()).orElseThrow().held().end()).isEqualTo(6);
      assertThat(old.log(log.name()).orElseThrow().record()).isPresent();
      assertThat(old.published(log.name(), 0, 0)).isEqualTo(List.of(SampleLog.block(0, 0, 3)));
      assertThat(old.get("key")).isPresent();
    }
  }

  @Test
  void changesNothingWhenTheDiskIsFullAndThenRefusesEverything() throws Exception {
    fill(2);
    limitPages();
    long before = log.size();
    StoredSlice last = store.slices(log.name(), before - 1, before, 1).get(0);

    StoreException full =
        refusal(
            () ->
                node()
                    .commit(
                        List.of(
                            change().record(new byte[] {1}).put(log.append(1000, 300)),
                            new LogChange(other.name()).put(other.append(1000, 300))),
                        Map.of("a", Optional.of(new byte[1]))));

    assertThat(full.why()).isEqualTo(StoreException.Cause.FULL);
    assertThat(refusal(() -> store.logs()).why()).isEqualTo(StoreException.Cause.FULL);
    assertThat(refusal(() -> store.commit(List.of(change().remove(0)))))
        .hasMessageContaining("opened anew");
    store = reopen(store);
    assertThat(store.logs()).containsExactly(log.name());
    assertThat(store.log(log.name()).orElseThrow().held().end()).isEqualTo(before);
    assertThat(store.log(log.name()).orElseThrow().head()).isEqualTo(last.outline().head());
    assertThat(store.log(log.name()).orElseThrow().record()).isEmpty();
    assertThat(node().get("a")).isEmpty();
  }

  private void limitPages() throws IOException {
    long pages = file().toFile().length() / 4096;
    ((SqliteNodeStore) store).limitPages(Math.max(pages, 30));
  }

  @Test
  void changesNothingWhenTheCallerIsAtFault() {
    fill(1);
    LogChange broken = change().put(log.append(1, 10));
    Map<String, Optional<byte[]>> values = new java.util.HashMap<>();
    values.put("a", null);

    assertThatThrownBy(() -> node().commit(List.of(broken), values))
        .isInstanceOf(RuntimeException.class);

    assertThatThrownBy(() -> store.logs()).isInstanceOf(StoreException.class);
    store = reopen(store);
    assertThat(store.log(log.name()).orElseThrow().held().end()).isEqualTo(100);
  }

  @Test
  void isHeldByOneAtATime() {
    fill(1);

    assertThat(refusal(() -> SqliteNodeStore.open(file())))
        .hasMessageContaining("in use by another process");
  }

  @Test
  void namesTheFileInItsErrors() throws Exception {
    Path file =
        Files.write(
            folder.resolve("no.db"), "not a database, not at all".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(() -> SqliteNodeStore.open(file))).hasMessageContaining(file.toString());
  }

  @Test
  void noticesAValueThatWasChangedBehindItsBack() throws Exception {
    byte[] value = "a value that is long enough to be found".getBytes(StandardCharsets.US_ASCII);
    ((DeviceStore) store).commit(List.of(), Map.of("key", Optional.of(value)));
    ((DeviceStore) store).close();
    String file = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.seek(file.indexOf("long enough"));
      raw.write('L');
    }

    DeviceStore damaged = SqliteNodeStore.open(file());
    store = damaged;

    assertThat(refusal(() -> damaged.get("key")).why()).isEqualTo(StoreException.Cause.DAMAGED);
    assertThat(refusal(() -> damaged.withPrefix("k")).why())
        .isEqualTo(StoreException.Cause.DAMAGED);
    assertThat(refusal(damaged::check).why()).isEqualTo(StoreException.Cause.DAMAGED);
  }
}
