package org.tidelog.log.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.NaiveMerkle;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.PagePlan;
import org.tidelog.log.sync.SyncVectors;

/** The test vectors of the log's formats, as text. Each file is a list of cases. */
final class Vectors {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Digest SOME_ID = Digest.of(repeated(0xab, 32));

  private Vectors() {}

  /** What is in a file of this name. */
  static String file(String name) {
    return switch (name) {
      case "log-entries.json" -> entries();
      case "log-slices.json" -> slices();
      case "log-merkle.json" -> merkle();
      case "log-heads.json" -> heads();
      case "log-pages.json" -> pages();
      case "log-records.json" -> records();
      case "log-continuations.json" -> continuations();
      case "log-forks.json" -> ForkVectors.text();
      case "log-cars.json" -> CarVectors.text();
      case "sync-frames.json" -> SyncVectors.frames();
      case "sync-sets.json" -> SyncVectors.sets();
      default -> throw new IllegalArgumentException("name: " + name);
    };
  }

  static final List<String> FILES =
      List.of(
          "log-entries.json",
          "log-slices.json",
          "log-merkle.json",
          "log-heads.json",
          "log-pages.json",
          "log-records.json",
          "log-continuations.json",
          "log-forks.json",
          "log-cars.json",
          "sync-frames.json",
          "sync-sets.json");

  private static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** One entry of each kind of property. */
  private static List<NewEntry> samples() {
    byte[] hello = {'h', 'e', 'l', 'l', 'o'};
    List<ParentRef> parents = List.of(new ParentRef(0, 3), new ParentRef(300, 1 << 20));
    return List.of(
        NewEntry.plain(EntryKind.GENESIS, 1_767_225_600_000L, hello),
        NewEntry.plain(EntryKind.DATA, 1_767_225_600_250L, hello),
        NewEntry.plain(EntryKind.DATA, 1_767_225_599_000L, new byte[0]),
        new NewEntry(EntryKind.DATA, 1_767_225_600_250L, Flags.SALTED, 0, parents, repeated(7, 40)),
        new NewEntry(
            EntryKind.DATA, 1_767_225_700_000L, Flags.SEALED, 0, List.of(), repeated(8, 200)),
        new NewEntry(
            EntryKind.DATA,
            1_767_225_700_001L,
            Flags.SALTED | Flags.LINKED | Flags.SEALED | Flags.EXPIRING,
            1_767_225_800_001L,
            List.of(new ParentRef(1, 0)),
            repeated(9, 33)),
        NewEntry.plain(EntryKind.DELETE, 1_767_225_700_002L, new byte[] {1, 2}),
        NewEntry.plain(EntryKind.CLOSE, 1_767_225_700_003L, new byte[0]));
  }

  private static String entries() {
    JsonText json = new JsonText();
    Slice slice = TestLogs.slice(0, samples());
    for (Entry entry : slice.entries(LOG, Digest.ZERO)) {
      EntryHeader h = entry.header();
      StringBuilder parents = new StringBuilder();
      h.parents().forEach(p -> parents.append(p.alias()).append('/').append(p.seq()).append(' '));
      json.open()
          .put("log", Hex.encode(LOG.key()))
          .put("seq", h.seq())
          .put("kind", h.kind().code())
          .put("flags", h.flags())
          .put("previous", h.previous().hex())
          .put("time", h.timeMillis())
          .put("expiry", h.expiryMillis())
          .put("parents", parents.toString().trim())
          .put("payload", Hex.encode(entry.payload().get()))
          .put("payload-hash", h.payloadHash().hex())
          .put("preimage", Hex.encode(preimage(h)))
          .put("id", entry.id().hex())
          .close();
    }
    return json.toString();
  }

  /** As the document words it. */
  private static byte[] preimage(EntryHeader h) {
    ByteWriter out = new ByteWriter().bytes("tidelog/entry/1".getBytes(StandardCharsets.US_ASCII));
    out.bytes(h.log().key()).u64(h.seq()).u8(h.kind().code()).u8(h.flags());
    out.digest(h.previous()).u64(h.timeMillis()).u64(h.expiryMillis());
    out.u32(h.payloadLength()).digest(h.payloadHash()).u8(h.parents().size());
    h.parents().forEach(p -> out.u32(p.alias()).u64(p.seq()));
    return out.toByteArray();
  }

  private static String slices() {
    JsonText json = new JsonText();
    Slice whole = TestLogs.slice(0, samples());
    Digest third = whole.ids(LOG, Digest.ZERO).get(2);
    slice(json, "one of each", Digest.ZERO, whole);
    slice(
        json,
        "the payloads of 1, 3 and 5 gone",
        Digest.ZERO,
        whole.withoutPayloads(LOG, seq -> seq % 2 == 1 && seq < 6));
    slice(json, "a part", third, whole.cut(3, 6));
    slice(json, "far on", SOME_ID, TestLogs.slice(1L << 39, samples().subList(1, 5)));
    refused(json, "E1", "padded count", "00" + "8100" + "01" + "00" + "00");
    refused(json, "RL-20", "no entries", "0000");
    refused(json, "RL-1", "1025 entries", "018108");
    refused(json, "RL-2", "genesis at 1", "0101" + "01" + "00" + "00");
    refused(json, "RL-2", "data at 0", "0001" + "00" + "00" + "00");
    refused(json, "RL-3", "kind 9", "0101" + "09" + "00" + "00");
    refused(json, "RL-21", "more flags, none set", "0101" + "8000" + "00" + "00");
    refused(json, "RL-21", "more flags, an unknown one", "0101" + "8008" + "00" + "00");
    refused(json, "RL-21", "parents, none there", "0101" + "20" + "00" + "00" + "00");
    refused(json, "RL-1", "time before 1970", "0101" + "00" + "01" + "00");
    refused(json, "RL-5", "expired when written", "0101" + "8001" + "00" + "00" + "00");
    refused(json, "E1", "a byte after the end", "0101" + "00" + "00" + "00" + "00");
    refused(json, "E4", "payload cut short", "0101" + "00" + "00" + "02" + "61");
    return json.toString();
  }

  private static void slice(JsonText json, String name, Digest previous, Slice slice) {
    json.open()
        .put("name", name)
        .put("log", Hex.encode(LOG.key()))
        .put("previous", previous.hex())
        .put("bytes", Hex.encode(slice.bytes()))
        .put("weights", Arrays.toString(slice.weights()))
        .put("ids", hex(slice.ids(LOG, previous)))
        .close();
  }

  private static void refused(JsonText json, String breaks, String name, String bytes) {
    try {
      Slice.parse(Hex.decode(bytes));
    } catch (MalformedException e) {
      json.open().put("name", name).put("bytes", bytes);
      json.put("refused", "yes").put("breaks", breaks).close();
      return;
    }
    throw new AssertionError("not refused: " + name);
  }

  private static String hex(List<Digest> digests) {
    List<String> texts = new ArrayList<>();
    digests.forEach(digest -> texts.add(digest.hex()));
    return String.join(" ", texts);
  }

  private static String merkle() {
    JsonText json = new JsonText();
    NaiveMerkle merkle = NaiveMerkle.ofSize(20);
    for (int size = 1; size <= 20; size++) {
      int seq = size * 2 / 3;
      json.open()
          .put("size", size)
          .put("last-leaf", merkle.leaves().get(size - 1).hex())
          .put("peaks", hex(merkle.peaks(size)))
          .put("root", merkle.root(size).hex())
          .put("proved", seq)
          .put("proof", Hex.encode(RangeProof.prove(seq, seq + 1, size, merkle).encode()))
          .put("roots-from-proved", hex(merkle.roots(seq, size)))
          .close();
    }
    return json.toString();
  }

  private static String heads() {
    JsonText json = new JsonText();
    NaiveMerkle merkle = NaiveMerkle.ofSize(20);
    for (int size : new int[] {1, 2, 20}) {
      Digest last = merkle.leaves().get(size - 1);
      Head.Statement statement =
          new Head.Statement(LOG, size, last, merkle.root(size), TestLogs.NOW);
      json.open()
          .put("seed", Hex.encode(repeated(1, 32)))
          .put("log", Hex.encode(LOG.key()))
          .put("name", LOG.text())
          .put("size", size)
          .put("last", last.hex())
          .put("root", statement.root().hex())
          .put("time", TestLogs.NOW)
          .put("signed", Hex.encode(statement.bytes()))
          .put("signature", Hex.encode(Head.sign(statement, TestLogs.signer(1)).signature()))
          .close();
    }
    return json.toString();
  }

  private static String pages() {
    JsonText json = new JsonText();
    pages(json, PageLimits.DEFAULT, "1x100");
    pages(json, PageLimits.DEFAULT, "30x100 1x72");
    pages(json, PageLimits.DEFAULT, "30x100 1x73");
    pages(json, PageLimits.DEFAULT, "31x100 10x100 1x24");
    pages(json, PageLimits.DEFAULT, "31x100 10x100 1x25");
    pages(json, PageLimits.DEFAULT, "1x3072 1x1025");
    pages(json, PageLimits.DEFAULT, "1x3073");
    pages(json, PageLimits.DEFAULT, "20x100 1x1100");
    pages(json, PageLimits.DEFAULT, "500x100");
    pages(json, PageLimits.DEFAULT, "5000x100");
    pages(json, PageLimits.DEFAULT, "30x100 1x40000 30x100 1x40000 30x100 1x40000 30x100");
    pages(json, PageLimits.DEFAULT, "100x100 1x262150 5x100 1x262150 100x100");
    pages(json, PageLimits.DEFAULT, "3000x38 1x3000 20x900 1x9000 200x60");
    pages(json, new PageLimits(1024, 1024), "10x100 1x25");
    pages(json, new PageLimits(0, 0), "50x100");
    pages(json, new PageLimits(0, 4096), "50x100");
    pages(json, new PageLimits(8192, 1024), "500x100 1x9000 100x100");
    return json.toString();
  }

  private static void pages(JsonText json, PageLimits limits, String runs) {
    PagePlan plan = new PagePlan(limits, List.of(), 0);
    for (String run : runs.split(" ")) {
      String[] parts = run.split("x");
      for (int i = Integer.parseInt(parts[0]); i > 0; i--) plan.add(Integer.parseInt(parts[1]));
    }
    List<String> pages = new ArrayList<>();
    plan.pages().forEach(page -> pages.add(page.first() + "-" + page.end()));
    json.open()
        .put("tail-weight-max", limits.tailWeightMax())
        .put("first-weight-max", limits.firstWeightMax())
        .put("weights", runs)
        .put("pages", String.join(" ", pages))
        .put("tail", plan.tailFirst() + "-" + plan.end())
        .close();
  }

  private static String continuations() {
    JsonText json = new JsonText();
    Signer recovery = TestLogs.signer(9);
    for (long size : new long[] {1, 300, (1L << 40) - 1}) {
      Continuation.Claim claim = new Continuation.Claim(TestLogs.name(2), size, SOME_ID);
      byte[] payload = Continuation.sign(recovery, LOG, claim).encode();
      byte[] other = Continuation.sign(recovery, TestLogs.name(3), claim).encode();
      continuation(json, payload).put("size", size).put("root", SOME_ID.hex()).close();
      continuation(json, other)
          .put("refused", "it is signed for another log")
          .put("breaks", "RL-62")
          .close();
      continuation(json, Arrays.copyOf(payload, payload.length + 1))
          .put("refused", "a byte after the end")
          .put("breaks", "E1")
          .close();
    }
    byte[] none =
        Continuation.sign(recovery, LOG, new Continuation.Claim(LOG, 1, SOME_ID)).encode();
    none[33] = 0;
    continuation(json, none).put("refused", "of no entries").put("breaks", "RL-61").close();
    return json.toString();
  }

  private static JsonText continuation(JsonText json, byte[] payload) {
    byte[] recovery = TestLogs.signer(9).publicKey();
    return json.open()
        .put("recovery-seed", Hex.encode(repeated(9, 32)))
        .put("recovery-key-hash", Continuation.recoveryKeyHash(recovery).hex())
        .put("log", Hex.encode(LOG.key()))
        .put("continued", Hex.encode(TestLogs.name(2).key()))
        .put("payload", Hex.encode(payload));
  }

  private static String records() {
    JsonText json = new JsonText();
    record(json, "all in the record", samples());
    List<NewEntry> more = new ArrayList<>(samples());
    Random random = new Random(1);
    while (more.size() < 120) {
      long time = TestLogs.NOW + more.size() * 1_000L;
      more.add(NewEntry.plain(EntryKind.DATA, time, TestLogs.bytes(random, 30)));
    }
    record(json, "pages, an index root, a tail", more);
    return json.toString();
  }

  private static void record(JsonText json, String name, List<NewEntry> entries) {
    TestHome home = new TestHome(1);
    TestMirror mirror = new TestMirror();
    home.append(entries, TestLogs.NOW);
    Optional<Cid> index = mirror.published(home.publisher, false, TestLogs.NOW).index();
    TreeMap<String, String> blocks = new TreeMap<>();
    for (Cid cid : mirror.blocks.cids()) {
      blocks.put(cid.text(), Hex.encode(mirror.block(cid, 1 << 20).get()));
    }
    json.open()
        .put("name", name)
        .put("seed", Hex.encode(repeated(1, 32)))
        .put("log", LOG.text())
        .put("time", TestLogs.NOW)
        .put("slice", Hex.encode(TestLogs.slice(0, entries).bytes()))
        .put("index", index.map(Cid::text).orElse(""));
    blocks.forEach((cid, bytes) -> json.put("block " + cid, bytes));
    json.put("record", Hex.encode(mirror.record(home.name()).get())).close();
  }
}
