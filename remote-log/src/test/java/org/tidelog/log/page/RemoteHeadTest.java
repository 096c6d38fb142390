package org.tidelog.log.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.merkle.Frontier;

class RemoteHeadTest {
  private static final Signer SIGNER = TestLogs.signer(1);
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Slice WHOLE =
      TestLogs.slice(0, TestLogs.anyEntries(new Random(20), 0, 12, 60));
  private static final List<Digest> IDS = WHOLE.ids(LOG, Digest.ZERO);
  private static final Cid INDEX = Cid.sha256(Codec.DAG_CBOR, new byte[] {1});

  private static Head head(int size) {
    Frontier frontier = frontier(size);
    return Head.sign(
        new Head.Statement(LOG, size, IDS.get(size - 1), frontier.root(), TestLogs.NOW), SIGNER);
  }

  private static Frontier frontier(int size) {
    Frontier frontier = Frontier.empty();
    IDS.subList(0, size).forEach(frontier::append);
    return frontier;
  }

  private static RemoteHead remote(int paged, int size) {
    return new RemoteHead(
        head(size),
        paged == 0 ? Optional.empty() : Optional.of(INDEX),
        paged,
        paged == 0 ? Digest.ZERO : IDS.get(paged - 1),
        paged == size ? Optional.empty() : Optional.of(WHOLE.cut(paged, size)));
  }

  @Test
  void comesBackFromItsRecord() throws Exception {
    for (int size = 1; size <= WHOLE.count(); size++) {
      for (int paged = 0; paged <= size; paged++) {
        RemoteHead remote = remote(paged, size);

        IpnsRecord record = IpnsRecord.parse(remote.sign(SIGNER).bytes());
        RemoteHead read = RemoteHead.parse(LOG, record);

        assertThat(record.verify(LOG, TestLogs.VERIFIER)).isTrue();
        assertThat(read).isEqualTo(remote);
        assertThat(read.problem(TestLogs.VERIFIER)).isEmpty();
        assertThat(read.rootWith(frontier(paged))).isEqualTo(read.head().root());
      }
    }
  }

  @Test
  void saysSizeValidityAndWhereTheIndexIs() {
    IpnsContent paged = remote(5, 9).content();
    IpnsContent unpaged = remote(0, 9).content();

    assertThat(paged.sequence()).isEqualTo(9);
    assertThat(paged.validity())
        .isEqualTo(Instant.ofEpochMilli(TestLogs.NOW).plus(Duration.ofDays(365)));
    assertThat(ascii(paged)).isEqualTo("/ipfs/" + INDEX.text());
    assertThat(ascii(unpaged)).isEqualTo("/ipfs/bafyqaama");
    assertThat(paged.extra()).containsOnlyKeys("_tidelog");
  }

  private static String ascii(IpnsContent content) {
    return new String(content.value(), StandardCharsets.US_ASCII);
  }

  @Test
  void readsAHeadOfTheLastMillisecondThereIs() throws Exception {
    Head.Statement s = head(9).statement();
    Head late =
        Head.sign(new Head.Statement(LOG, 9, s.last(), s.root(), Limits.TIME_MILLIS_MAX), SIGNER);
    RemoteHead remote =
        new RemoteHead(late, Optional.empty(), 0, Digest.ZERO, Optional.of(WHOLE.cut(0, 9)));

    IpnsRecord record = IpnsRecord.parse(remote.sign(SIGNER).bytes());

    assertThat(RemoteHead.parse(LOG, record)).isEqualTo(remote);
  }

  @Test
  void isBoundByTheHeadsSignatureAndRoot() throws Exception {
    RemoteHead good = remote(0, 9);
    Head unsigned = Head.claimed(good.head().statement(), new byte[Head.SIGNATURE_BYTES]);
    Head.Statement s = good.head().statement();
    Head wrongRoot =
        Head.sign(new Head.Statement(LOG, 9, s.last(), Digest.ZERO, TestLogs.NOW), SIGNER);
    Head otherLog =
        Head.sign(
            new Head.Statement(TestLogs.name(2), 9, s.last(), s.root(), TestLogs.NOW),
            TestLogs.signer(2));

    assertThat(problem(unsigned)).contains("the head's signature does not verify");
    assertThat(problem(wrongRoot)).contains("the head's root is not that of its entries");
    assertThat(problem(otherLog)).contains("the head's signature does not verify");
  }

  /** What a reader finds wrong with a record of this head and the right entries. */
  private static Optional<String> problem(Head head) throws MalformedException {
    RemoteHead remote =
        new RemoteHead(head, Optional.empty(), 0, Digest.ZERO, Optional.of(WHOLE.cut(0, 9)));
    return RemoteHead.parse(LOG, remote.sign(SIGNER)).problem(TestLogs.VERIFIER);
  }

  @Test
  void refusesOtherEntriesUnderAHead() throws Exception {
    Slice others = TestLogs.slice(0, TestLogs.anyEntries(new Random(21), 0, 9, 60));
    RemoteHead remote =
        new RemoteHead(head(9), Optional.empty(), 0, Digest.ZERO, Optional.of(others));

    RemoteHead read = RemoteHead.parse(LOG, remote.sign(SIGNER));

    assertThat(read.problem(TestLogs.VERIFIER)).isPresent();
  }

  @Test
  void refusesRecordsWhoseFieldsDoNotFitEachOther() {
    IpnsContent good = remote(5, 9).content();
    refuses(with(good, "/ipfs/bafyqaama", 9, 0), "no index");
    refuses(with(good, "/ipns/" + INDEX.text(), 9, 0), "no index");
    refuses(with(good, "/ipfs/" + INDEX.text() + "/x", 9, 0), "");
    refuses(with(good, "/ipfs/", 9, 0), "");
    refuses(with(good, ascii(good), 8, 0), "entries");
    refuses(with(good, ascii(good), 10, 0), "entries");
    refuses(with(good, ascii(good), 4, 0), "paged");
    refuses(with(good, ascii(good), 0, 0), "record of 0 entries");
    refuses(with(good, ascii(good), Long.MAX_VALUE, 0), "record of");
    refuses(with(good, ascii(good), 9, 1), "validity");
    refuses(with(remote(0, 9).content(), ascii(good), 9, 0), "no pages");
    refuses(
        new IpnsContent(good.value(), 9, good.validity(), good.ttl(), new TreeMap<>()),
        "without a log's head");
  }

  private static IpnsContent with(IpnsContent c, String value, long sequence, int secondsLater) {
    return new IpnsContent(
        value.getBytes(StandardCharsets.US_ASCII),
        sequence,
        c.validity().plusSeconds(secondsLater),
        c.ttl(),
        c.extra());
  }

  private static void refuses(IpnsContent content, String why) {
    IpnsRecord record = IpnsRecord.create(SIGNER, content);
    assertThatThrownBy(() -> RemoteHead.parse(LOG, record))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesCarriedBytesThatAreCutOrLonger() throws Exception {
    IpnsContent good = remote(5, 9).content();
    byte[] carried = good.extra().get("_tidelog").asBytes();
    List<byte[]> wrong = new ArrayList<>();
    for (int length = 0; length < carried.length; length++) {
      wrong.add(Arrays.copyOf(carried, length));
    }
    wrong.add(Arrays.copyOf(carried, carried.length + 1));
    byte[] later = carried.clone();
    later[0] = 2;
    wrong.add(later);
    wrong.add(
        new ByteWriter()
            .u8(1)
            .varint(Limits.TIME_MILLIS_MAX + 1)
            .bytes(new byte[200])
            .toByteArray());
    for (byte[] bytes : wrong) {
      SortedMap<String, Cbor> extra = new TreeMap<>(good.extra());
      extra.put("_tidelog", new Cbor.Bytes(bytes));
      refuses(new IpnsContent(good.value(), 9, good.validity(), good.ttl(), extra), "");
    }
    SortedMap<String, Cbor> extra = new TreeMap<>(good.extra());
    extra.put("_tidelog", Cbor.of(7));
    refuses(new IpnsContent(good.value(), 9, good.validity(), good.ttl(), extra), "");
  }

  @Test
  void fitsTheFormatWithTheFullestTailThereIs() throws Exception {
    for (int payload : new int[] {0, 1, 31, 32, 200, 8_000}) {
      for (int tailWeightMax : new int[] {1024, 8192}) {
        RemoteHead remote = fullest(payload, tailWeightMax);
        byte[] record = remote.sign(SIGNER).bytes();

        assertThat(record.length).isLessThanOrEqualTo(IpnsRecord.BYTES_MAX);
        assertThat(RemoteHead.parse(LOG, IpnsRecord.parse(record))).isEqualTo(remote);
      }
    }
  }

  /** Entries whose payloads are gone and whose times jump, as many as a tail may hold. */
  private static RemoteHead fullest(int payload, int tailWeightMax) {
    long paged = Limits.SEQ_MAX - 5_000;
    SliceBuilder builder = new SliceBuilder(paged);
    long weight = 0;
    for (int i = 0; ; i++) {
      long time = i % 2 == 0 ? Limits.TIME_MILLIS_MAX : 0;
      NewEntry entry =
          new NewEntry(EntryKind.DATA, time, 7, 0, List.<ParentRef>of(), new byte[payload]);
      weight += entry.weight();
      if (weight > tailWeightMax && builder.count() > 0) break;
      builder.add(entry);
      if (weight > tailWeightMax) break;
    }
    Slice tail = builder.build();
    if (payload < 100) tail = tail.withoutPayloads(LOG, seq -> true);
    List<Digest> ids = tail.ids(LOG, IDS.get(0));
    Head head =
        Head.sign(
            new Head.Statement(LOG, tail.end(), ids.get(ids.size() - 1), Digest.ZERO, TestLogs.NOW),
            SIGNER);
    return new RemoteHead(head, Optional.of(INDEX), paged, IDS.get(0), Optional.of(tail));
  }

  @Test
  void refusesToBeBuiltOfPartsThatDoNotMeet() {
    Optional<Slice> tail = Optional.of(WHOLE.cut(5, 9));
    assertThatThrownBy(() -> new RemoteHead(head(10), Optional.of(INDEX), 5, IDS.get(4), tail))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RemoteHead(head(9), Optional.of(INDEX), 4, IDS.get(3), tail))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RemoteHead(head(9), Optional.empty(), 5, IDS.get(4), tail))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
