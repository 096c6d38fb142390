package org.tidelog.log.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;

/**
 * What a log's IPNS record carries: where the index is, the head, and the entries after the last
 * page. Sequence is the size; validity ends a year after the head's time.
 *
 * @param index the index root, empty while there is no page
 * @param paged entries that are in pages; the tail begins there
 * @param previous the id before the tail, {@link Digest#ZERO} where {@code paged} is 0
 * @param tail entries {@code [paged, head.size())}; empty where all are paged
 */
public record RemoteHead(
    Head head, Optional<Cid> index, long paged, Digest previous, Optional<Slice> tail) {
  static final String KEY = "_tidelog";

  private static final String PATH = "/ipfs/";

  /**
   * The identity CID of an empty DAG-CBOR list: a name must point to something before there is a
   * page.
   */
  private static final String NO_INDEX = PATH + "bafyqaama";

  private static final int VERSION = 1;
  private static final Duration VALIDITY = Duration.ofDays(365);

  /** How long a resolver may go on using it; a reader that wants to be sure asks again. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

  public RemoteHead {
    if (index.isPresent() != (paged > 0)) throw new IllegalArgumentException("paged: " + paged);
    long end = tail.isPresent() ? tail.get().end() : paged;
    if (end != head.size() || (tail.isPresent() && tail.get().first() != paged)) {
      throw new IllegalArgumentException("tail: ends at " + end + " of " + head.size());
    }
  }

  /** The fields of the record, for whoever signs it or has the signature. */
  public IpnsContent content() {
    String value = index.map(cid -> PATH + cid.text()).orElse(NO_INDEX);
    SortedMap<String, Cbor> extra = new TreeMap<>();
    extra.put(KEY, new Cbor.Bytes(encode()));
    return new IpnsContent(
        value.getBytes(StandardCharsets.US_ASCII),
        head.size(),
        Instant.ofEpochMilli(head.timeMillis()).plus(VALIDITY),
        TIME_TO_LIVE,
        extra);
  }

  public IpnsRecord sign(Signer signer) {
    return IpnsRecord.create(signer, content());
  }

  /**
   * Version, time, signature, root, paged, the id before the tail (where something is paged), tail.
   */
  private byte[] encode() {
    ByteWriter out = new ByteWriter().u8(VERSION).varint(head.timeMillis());
    out.bytes(head.signature()).digest(head.root()).varint(paged);
    if (paged > 0) out.digest(previous);
    tail.ifPresent(slice -> out.bytes(slice.bytes()));
    return out.toByteArray();
  }

  /**
   * Reads what a record of this log carries. The record's own signature is the caller's to check;
   * the head's is checked by {@link #problem}.
   */
  public static RemoteHead parse(IpnsName log, IpnsRecord record) throws MalformedException {
    IpnsContent content = record.content();
    Cbor carried = content.extra().get(KEY);
    if (carried == null) throw new MalformedException("record without a log's head");
    ByteReader in = new ByteReader(carried.asBytes());
    int version = in.u8();
    if (version != VERSION)
      throw new MalformedException("record with a head of version " + version);
    long time = in.varint();
    byte[] signature = in.bytes(Head.SIGNATURE_BYTES);
    Digest root = in.digest();
    long paged = in.varint();
    long size = content.sequence();
    if (size < 1 || size > Limits.SIZE_MAX || paged > size || time > Limits.TIME_MILLIS_MAX) {
      throw new MalformedException(
          "record of " + size + " entries, " + paged + " paged, at " + time);
    }
    Digest previous = paged > 0 ? in.digest() : Digest.ZERO;
    Optional<Slice> tail = tail(in, paged, size);
    Digest last = tail.map(slice -> lastId(slice, log, previous)).orElse(previous);
    Head head = Head.claimed(new Head.Statement(log, size, last, root, time), signature);
    Optional<Cid> index = index(content.value(), paged);
    RemoteHead remote = new RemoteHead(head, index, paged, previous, tail);
    if (!record.isAsWritten()) throw new MalformedException("record written in another way");
    remote.checkFollows(content);
    return remote;
  }

  /** One head has one record: whoever has the entries and the signature can make it again. */
  private void checkFollows(IpnsContent content) throws MalformedException {
    IpnsContent ours = content();
    if (!ours.validity().equals(content.validity())) {
      throw new MalformedException("record whose validity does not follow from its head");
    }
    if (!Arrays.equals(ours.value(), content.value()) || !ours.ttl().equals(content.ttl())) {
      throw new MalformedException("record whose value or time to live is written in another way");
    }
  }

  private static Optional<Slice> tail(ByteReader in, long paged, long size)
      throws MalformedException {
    if (in.remaining() == 0) {
      if (paged != size) throw new MalformedException("record without the entries from " + paged);
      return Optional.empty();
    }
    Slice tail = Slice.parse(in.bytes(in.remaining()));
    if (tail.first() != paged || tail.end() != size) {
      throw new MalformedException(
          "record with entries " + tail.range() + " of [" + paged + ", " + size + ")");
    }
    return Optional.of(tail);
  }

  private static Digest lastId(Slice slice, IpnsName log, Digest previous) {
    List<Digest> ids = slice.ids(log, previous);
    return ids.get(ids.size() - 1);
  }

  private static Optional<Cid> index(byte[] value, long paged) throws MalformedException {
    String path = new String(value, StandardCharsets.US_ASCII);
    if (paged == 0) {
      if (!path.equals(NO_INDEX)) throw new MalformedException("record with an index but no pages");
      return Optional.empty();
    }
    if (!path.startsWith(PATH) || path.equals(NO_INDEX)) {
      throw new MalformedException("record with pages but no index");
    }
    Cid cid = Cid.parse(path.substring(PATH.length()));
    if (!IndexChild.isBlock(cid)) throw new MalformedException("record whose index is no block");
    return Optional.of(cid);
  }

  /**
   * What is wrong with the head as far as the record tells: the signature, or the root where all
   * entries are here.
   */
  public Optional<String> problem(Verifier verifier) {
    if (!head.verify(verifier)) return Optional.of("the head's signature does not verify");
    if (paged == 0 && !rootWith(Frontier.empty()).equals(head.root())) {
      return Optional.of("the head's root is not that of its entries");
    }
    return Optional.empty();
  }

  /** Whether a record with the other would lead to the same blocks by the same head. */
  public boolean leadsAs(RemoteHead other) {
    return head.equals(other.head) && index.equals(other.index) && paged == other.paged;
  }

  /** The same without the payloads of the positions that the predicate picks. */
  public RemoteHead withoutPayloads(LongPredicate gone) {
    IpnsName log = head.statement().log();
    return new RemoteHead(
        head, index, paged, previous, tail.map(slice -> slice.withoutPayloads(log, gone)));
  }

  /** The root over all entries, given the peaks over the paged ones. */
  public Digest rootWith(Frontier pagedPeaks) {
    Frontier frontier = pagedPeaks.copy();
    tail.ifPresent(
        slice -> {
          List<Digest> ids = slice.ids(head.statement().log(), previous);
          frontier.appendRange(slice.end(), AlignedRoots.of(slice.first(), ids));
        });
    return frontier.root();
  }
}
