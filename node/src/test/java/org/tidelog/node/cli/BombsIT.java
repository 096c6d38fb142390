package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.Page;

/**
 * Mirrors made to fill a reader's memory or take its time, by authors whose signatures are right. A
 * reader of 64 MiB answers each with a named error or stops at a bound, soon.
 */
final class BombsIT {
  private static final int SECONDS_MAX = 120;

  @TempDir Path folder;
  private Path mirror;
  private Cli reader;
  private Bomber bomber;

  /** What a process came to. */
  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void makeAReader() {
    mirror = folder.resolve("mirror");
    reader = new Cli(folder.resolve("reader"), mirror);
    reader.json("init", "--no-passphrase", "--quiet");
    bomber = new Bomber(mirror, 1);
    reader.json("follow", bomber.log.text(), "--as", "news");
  }

  // Claims.

  @Test
  void aRecordOfAMillionKeysIsRefused() throws Exception {
    TreeMap<String, Cbor> keys = new TreeMap<>();
    for (int i = 0; i < 1_000_000; i++) {
      keys.put("_" + i, Cbor.of(i));
    }
    byte[] data = DagCbor.encode(new Cbor.Mapping(keys));
    bomber.record(new ByteWriter().u8(0x4a).varint(data.length).bytes(data).toByteArray());

    refused("bad-record");
  }

  @Test
  void aLogThatClaimsAllEntriesThereCanBeIsIncomplete() throws Exception {
    Cid missing = Cid.sha256(Codec.DAG_CBOR, new byte[0]);
    bomber.index(List.of(Bomber.child(0, 0, Limits.SIZE_MAX, missing, 1 << 20)));

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(fetch.out).contains("\"size\":" + Limits.SIZE_MAX).contains("\"entries\":0");
    assertThat(run("verify").exitCode).isEqualTo(ExitCodes.INCOMPLETE);
    assertThat(run("status").exitCode).isZero();
    assertThat(run("read", "news").exitCode).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9b7fffffffffffffff",
        "5b7fffffffffffffff",
        "bb0000000100000000",
        "9f",
        "81",
        "a0",
        "17",
        "d82a"
      })
  void aBlockOfCborThatClaimsTooMuchIsRefused(String hex) throws Exception {
    byte[] start = Hex.decode(hex);
    byte[] block = new byte[Limits.PAGE_BYTES_MAX];
    for (int i = 0; i < block.length; i++) {
      block[i] = start[i % start.length];
    }
    // A list of as many values as follow, so that the small ones are read.
    if (start.length == 1) System.arraycopy(Hex.decode("9a000ffffb"), 0, block, 0, 5);
    Cid cid = bomber.put(block);
    bomber.index(List.of(Bomber.child(0, 0, 1_000, cid, block.length)));
    refused("bad-page");

    bomber.index(cid, bomber.head(2_000, Bomber.ANY));
    refused("bad-index");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00ffffffffffffffff7f", // 2^63 - 1 entries
        "ffffffffffffffff7f01", // at position 2^63 - 1
        "0001010000ffffffffffffffff7f", // a payload of 2^63 - 1 bytes
        "000121" + "00ffffffffffffffff7f", // 2^63 - 1 parents
        "0001010000" + "80804000" // a payload of a mebibyte
      })
  void aSliceThatClaimsTooMuchIsRefused(String hex) throws Exception {
    Cbor page =
        new Cbor.Array(List.of(new Cbor.Bytes(bomber.log.key()), new Cbor.Bytes(Hex.decode(hex))));
    byte[] block = DagCbor.encode(page);
    bomber.index(List.of(Bomber.child(0, 0, 1, bomber.put(block), block.length)));

    refused("bad-page");
  }

  // Shapes.

  @Test
  void anIndexThatNamesOneBlockThousandsOfTimesIsGivenUpSoon() throws Exception {
    byte[] block = new byte[Limits.PAGE_BYTES_MAX];
    Cid cid = bomber.put(block);
    List<IndexChild> children = new ArrayList<>();
    for (int level = 0; level < 8; level++) {
      List<IndexChild> wide = new ArrayList<>(children);
      long from = wide.isEmpty() ? 0 : wide.get(0).end();
      for (int i = 0; i < 4_000; i++) {
        wide.add(Bomber.child(0, from + i, from + i + 1, cid, block.length));
      }
      children = List.of(bomber.node(level + 1, wide));
    }
    bomber.index(children);

    refused("bad-index");
  }

  @Test
  void anIndexThatHidesWhereItGoesOnIsGivenUpSoon() throws Exception {
    List<NewEntry> entries = new ArrayList<>(List.of(bomber.genesis(LogPurpose.LOG)));
    for (int i = 1; i < 10; i++) {
      entries.add(NewEntry.plain(EntryKind.DATA, Bomber.NOW, new byte[1]));
    }
    bomber.log(entries);
    assertThat(run("fetch").exitCode).isZero();
    byte[] block = new byte[Limits.PAGE_BYTES_MAX];
    Cid cid = bomber.put(block);
    List<IndexChild> children = List.of(Bomber.child(0, 0, 20, cid, block.length));
    for (int level = 0; level < 8; level++) {
      List<IndexChild> wide = new ArrayList<>(children);
      long from = wide.get(0).end();
      for (int i = 0; i < 5_000; i++) {
        wide.add(Bomber.child(0, from + i, from + i + 1, cid, block.length));
      }
      children = List.of(bomber.node(level + 1, wide));
    }
    bomber.index(children);

    assertThat(refused("bad-index").err).contains("it takes more than");
  }

  @Test
  void nodesThatNameEachOtherCannotBeMadeAndThoseThatPretendAreRefused() throws Exception {
    Cid missing = Cid.sha256(Codec.DAG_CBOR, new byte[0]);
    IndexChild inner = bomber.node(1, List.of(Bomber.child(0, 0, 10, missing, 100)));
    // The node below is said to be at a level above itself, or at its own.
    IndexChild raised =
        new IndexChild(8, 0, 10, inner.bytes(), inner.cid(), inner.previous(), inner.roots());
    bomber.index(List.of(bomber.node(8, List.of(raised))));

    refused("bad-index");
  }

  @Test
  void aPageOfTooManySlicesIsRefused() throws Exception {
    page(100_000);

    refused("bad-page");
  }

  @Test
  void manySlicesOfOneEntryAreTaken() throws Exception {
    page(60_000);

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isZero();
    assertThat(fetch.out).contains("\"entries\":60000");
    assertThat(run("verify").exitCode).isZero();
  }

  /** A page of slices of one entry each. */
  private void page(int entries) throws IOException {
    List<Slice> slices = new ArrayList<>();
    slices.add(new SliceBuilder(0).add(bomber.genesis(LogPurpose.LOG)).build());
    for (int seq = 1; seq < entries; seq++) {
      NewEntry entry = NewEntry.plain(EntryKind.DATA, 1, new byte[0]);
      slices.add(new SliceBuilder(seq).add(entry).build());
    }
    byte[] block = new Page(bomber.log, slices).encode();
    List<Digest> ids = new ArrayList<>();
    Digest previous = Digest.ZERO;
    for (Slice slice : slices) {
      previous = slice.ids(bomber.log, previous).get(0);
      ids.add(previous);
    }
    IndexChild child =
        new IndexChild(
            0, 0, entries, block.length, bomber.put(block), Digest.ZERO, AlignedRoots.of(0, ids));
    bomber.index(List.of(child), previous);
  }

  // Entries.

  @Test
  void aLogOfAliasesLeadsToABoundedNumberOfLogs() throws Exception {
    List<NewEntry> entries = new ArrayList<>();
    entries.add(bomber.genesis(LogPurpose.LOG));
    for (int i = 0; i < 400; i++) {
      ByteWriter names = new ByteWriter();
      for (int j = 0; j < 1_024; j++) {
        names.digest(Sha256.hash(new ByteWriter().u32(i).u32(j).toByteArray()));
      }
      entries.add(NewEntry.plain(EntryKind.ALIAS, Bomber.NOW, names.toByteArray()));
    }
    bomber.log(entries);

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isZero();
    assertThat(fetch.out).contains("\"entries\":401");
    assertThat(run("read", "news").exitCode).isZero();
  }

  @Test
  void aTopicIndexOfAMillionLinesLeadsToABoundedNumberOfLogs() throws Exception {
    List<NewEntry> entries = new ArrayList<>();
    entries.add(bomber.genesis(LogPurpose.INDEX));
    for (int i = 0; i < 143; i++) {
      List<Cbor> lines = new ArrayList<>();
      for (int j = 0; j < 7_000; j++) {
        byte[] key = Sha256.hash(new ByteWriter().u32(i).u32(j).toByteArray()).bytes();
        lines.add(new Cbor.Array(List.of(new Cbor.Bytes(key), new Cbor.Bytes(new byte[0]))));
      }
      byte[] payload = DagCbor.encode(new Cbor.Array(lines));
      entries.add(NewEntry.plain(EntryKind.DATA, Bomber.NOW, payload));
    }
    bomber.log(entries);

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isIn(ExitCodes.DONE, ExitCodes.WRONG_DATA);
    assertThat(fetch.out).contains("\"entries\":144");
  }

  @Test
  void entriesThatAllHaveSixteenParentsAreReadInOrder() throws Exception {
    IpnsName other = new Bomber(mirror, 2).log;
    reader.json("follow", other.text(), "--as", "news");
    for (int seed = 1; seed <= 2; seed++) {
      Bomber author = new Bomber(mirror, seed);
      List<NewEntry> entries = new ArrayList<>();
      entries.add(author.genesis(LogPurpose.LOG));
      byte[] alias = (seed == 1 ? other : bomber.log).key();
      entries.add(NewEntry.plain(EntryKind.ALIAS, Bomber.NOW, alias));
      for (int i = 2; i < 20_000; i++) {
        // Each waits for the other's entry of the same position, and so in a cycle.
        List<ParentRef> parents = Collections.nCopies(16, new ParentRef(0, i));
        entries.add(new NewEntry(EntryKind.DATA, Bomber.NOW, 0, 0, parents, new byte[1]));
      }
      author.log(entries);
    }

    assertThat(run("fetch").exitCode).isZero();
    Result read = run("read", "news");

    assertThat(read.exitCode).as(read.err).isZero();
    assertThat(read.out.lines()).hasSize(2 * (20_000 - 2));
  }

  @Test
  void aDisplayNameOfAHundredKilobytesIsRefused() throws Exception {
    byte[] honest = bomber.genesis(LogPurpose.LOG).stored();
    byte[] long100 = Arrays.copyOf(honest, honest.length + 100_000);
    Arrays.fill(long100, honest.length, long100.length, (byte) 'x');
    bomber.log(List.of(NewEntry.plain(EntryKind.GENESIS, Bomber.NOW, long100)));

    refused("bad-genesis");
  }

  @Test
  void aDeletionOfEveryPositionThereIsIsRefusedAndOneOfThoseBeforeItDropsThem() throws Exception {
    byte[] everything = new ByteWriter().varint(0).varint(Limits.SIZE_MAX).toByteArray();
    byte[] before = new ByteWriter().varint(0).varint(2).toByteArray();
    List<NewEntry> entries = new ArrayList<>();
    entries.add(bomber.genesis(LogPurpose.LOG));
    entries.add(
        NewEntry.plain(EntryKind.DATA, Bomber.NOW, "secret".getBytes(StandardCharsets.UTF_8)));
    entries.add(NewEntry.plain(EntryKind.DELETE, Bomber.NOW, everything));
    bomber.log(entries);

    refused("bad-entry");
    assertThat(run("read", "news").out).contains("secret");
    entries.add(NewEntry.plain(EntryKind.DELETE, Bomber.NOW, before));
    bomber.log(entries);

    assertThat(run("fetch").exitCode).isZero();
    assertThat(run("read", "news").out).contains("\"deleted\"").doesNotContain("secret");
  }

  @Test
  void aDeletionOfTooManyRangesIsRefused() throws Exception {
    byte[] ranges = new byte[2 * 100_000];
    Arrays.fill(ranges, (byte) 1);
    bomber.log(
        List.of(
            bomber.genesis(LogPurpose.LOG), NewEntry.plain(EntryKind.DELETE, Bomber.NOW, ranges)));

    refused("bad-entry");
  }

  @Test
  void aMillionRangesOfPositionsThatAreNotThereAreRefused() throws Exception {
    byte[] ranges = everyOther(1_000_000);
    List<NewEntry> entries = new ArrayList<>();
    entries.add(bomber.genesis(LogPurpose.LOG));
    for (int i = 0; i < 300; i++) {
      entries.add(NewEntry.plain(EntryKind.DELETE, Bomber.NOW, ranges));
    }
    bomber.log(entries);

    refused("bad-entry");
    assertThat(run("read", "news").exitCode).isZero();
  }

  @Test
  void moreDeletionsThanAreRememberedAreObeyedWhereTheyLie() throws Exception {
    int entries = 300_000;
    List<NewEntry> some = new ArrayList<>();
    some.add(bomber.genesis(LogPurpose.LOG));
    for (int seq = 1; seq < entries; seq++) {
      some.add(NewEntry.plain(EntryKind.DATA, Bomber.NOW, new byte[] {'x'}));
    }
    for (int from = 1; from + 2 * 4_096 < entries; from += 2 * 4_096) {
      some.add(NewEntry.plain(EntryKind.DELETE, Bomber.NOW, everyOther(from)));
    }
    bomber.log(some);

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.out + fetch.err).isEqualTo(ExitCodes.WRONG_DATA);
    assertThat(fetch.err).contains("it deletes more than 65536 runs of entries");
    assertThat(run("verify").exitCode).isZero();
    Result read = run("read", "news");
    assertThat(read.out.lines().filter(line -> line.contains("\"state\""))).hasSize(36 * 4_096);
  }

  /** What a delete entry says of every other one of the positions from one on. */
  private static byte[] everyOther(long from) {
    ByteWriter ranges = new ByteWriter();
    for (int i = 0; i < 4_096; i++) {
      ranges.varint(i == 0 ? from : 1).varint(1);
    }
    return ranges.toByteArray();
  }

  @Test
  void hundredsOfThousandsOfEntriesAreDeletedAtOnce() throws Exception {
    int entries = 300_000;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < entries; i++) lines.add("sentence " + i);
    Path file = Files.write(folder.resolve("lines"), lines);
    reader.json("topic", "create", "mine");
    reader.json("import", "mine", file.toString(), "--format", "lines", "--quiet");

    Result delete = run("delete", "mine", "1-" + entries);

    assertThat(delete.exitCode).as(delete.err).isZero();
    assertThat(delete.out).contains("\"entries\":" + entries);
    assertThat(run("publish", "mine").exitCode).isZero();
    assertThat(run("verify").exitCode).isZero();
  }

  @Test
  void manyEntriesThatExpireAreTaken() throws Exception {
    List<NewEntry> entries = new ArrayList<>();
    entries.add(bomber.genesis(LogPurpose.LOG));
    for (int i = 0; i < 100_000; i++) {
      entries.add(
          new NewEntry(
              EntryKind.DATA,
              Bomber.NOW,
              Flags.EXPIRING,
              Bomber.NOW + 1 + i,
              List.of(),
              new byte[1]));
    }
    bomber.log(entries);

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isZero();
    assertThat(run("fetch").exitCode).isZero();
  }

  // Large payloads.

  @Test
  void aPayloadThatClaimsAPetabyteIsIncomplete() throws Exception {
    linked(LinkedContent.SIZE_MAX, Cid.sha256(Codec.DAG_CBOR, new byte[0]));

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isEqualTo(ExitCodes.INCOMPLETE);
  }

  @Test
  void aPayloadWhoseNodesAreAllTheSameIsRefused() throws Exception {
    Cid below = bomber.put(Codec.RAW, new byte[LinkedContent.CHUNK_BYTES + 16]);
    for (int level = 0; level < 4; level++) {
      int links = level < 3 ? 1_024 : 4;
      List<Cbor> node = Collections.nCopies(links, new Cbor.Link(below));
      below = bomber.put(DagCbor.encode(new Cbor.Array(node)));
    }
    linked(LinkedContent.SIZE_MAX, below);

    Result fetch = run("fetch");

    assertThat(fetch.exitCode).as(fetch.err).isEqualTo(ExitCodes.WRONG_DATA);
  }

  private void linked(long size, Cid root) throws IOException {
    byte[] payload = new LinkedContent(size, root, new byte[32]).encode();
    bomber.log(
        List.of(
            bomber.genesis(LogPurpose.LOG),
            new NewEntry(EntryKind.DATA, Bomber.NOW, Flags.LINKED, 0, List.of(), payload)));
  }

  private Result refused(String word) throws Exception {
    Result fetch = run("fetch");
    assertThat(fetch.exitCode).as(fetch.out + fetch.err).isEqualTo(ExitCodes.WRONG_DATA);
    assertThat(fetch.err).contains("\"error\":\"" + word + "\"");
    return fetch;
  }

  /** Runs a command in a process of 64 MiB. */
  private Result run(String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--json",
                "--home=" + reader.home(),
                "--mirror=" + mirror));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    assertThat(result.err).doesNotContainIgnoringCase("memory").doesNotContain("internal");
    return result;
  }
}
