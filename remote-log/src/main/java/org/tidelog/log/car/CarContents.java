package org.tidelog.log.car;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

/**
 * The block of a CAR file that says which logs are in it, and links to all that belongs to them: so
 * whoever pins it keeps the whole. It is the last of the file's roots. Nothing in it is signed:
 * records, heads and hashes decide, as with any other source.
 *
 * @param logs at least one, ascending by name, each once
 */
public record CarContents(List<Log> logs) {
  /** What one block can tell of, with some room. */
  public static final int LOGS_MAX = 4_096;

  /** Roots of large payloads that are linked to; those of more are in the file all the same. */
  public static final int LARGE_MAX = 16_384;

  private static final String FORMAT = "tidelog";
  private static final long VERSION = 1;
  private static final String LOGS = "logs";
  private static final String NAME = "name";
  private static final String RECORD = "record";
  private static final String INDEX = "index";
  private static final String LARGE = "large";
  private static final String PROOF = "proof";
  private static final Set<String> FIELDS = Set.of(NAME, RECORD, INDEX, LARGE, PROOF);

  public CarContents {
    if (logs.isEmpty() || logs.size() > LOGS_MAX) {
      throw new IllegalArgumentException("logs: " + logs.size());
    }
    logs = List.copyOf(logs);
  }

  /**
   * What there is of one log.
   *
   * @param record block of codec raw: the IPNS record as its author signed it
   * @param index the index root that the record names; empty while nothing is paged
   * @param large block that is a list of the roots of large payloads; empty where there are none
   * @param proof block of codec raw: a proof that the log was forked, where one is known
   */
  public record Log(
      IpnsName name, Cid record, Optional<Cid> index, Optional<Cid> large, Optional<Cid> proof) {}

  public byte[] encode() {
    List<Cbor> items = new ArrayList<>();
    logs.forEach(log -> items.add(encode(log)));
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put(FORMAT, Cbor.of(VERSION));
    map.put(LOGS, new Cbor.Array(items));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  private static Cbor encode(Log log) {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put(NAME, new Cbor.Bytes(log.name.key()));
    map.put(RECORD, new Cbor.Link(log.record));
    log.index.ifPresent(cid -> map.put(INDEX, new Cbor.Link(cid)));
    log.large.ifPresent(cid -> map.put(LARGE, new Cbor.Link(cid)));
    log.proof.ifPresent(cid -> map.put(PROOF, new Cbor.Link(cid)));
    return new Cbor.Mapping(map);
  }

  /** Finds blocks of the file. */
  @FunctionalInterface
  public interface Blocks {
    Optional<byte[]> get(Cid cid) throws IOException;
  }

  /** Reads it from a file whose blocks are known: every root has to be one of them. */
  public static CarContents in(CarHeader header, Blocks blocks)
      throws IOException, MalformedException {
    byte[] last = {};
    for (Cid root : header.roots()) {
      last =
          blocks
              .get(root)
              .orElseThrow(() -> new MalformedException("root " + root.text() + " is not in it"));
    }
    return parse(last);
  }

  static CarContents parse(byte[] block) throws MalformedException {
    Cbor.Mapping map = DagCbor.decode(block).asMap();
    if (!map.optional(FORMAT).isPresent()) {
      throw new MalformedException("no logs in this CAR file: its last root is something else");
    }
    long version = map.field(FORMAT).asLong();
    if (version != VERSION) throw new MalformedException("contents of version " + version);
    if (map.entries().size() != 2) {
      throw new MalformedException("contents of " + map.entries().size() + " fields");
    }
    List<Cbor> items = map.field(LOGS).asArray();
    if (items.isEmpty() || items.size() > LOGS_MAX) {
      throw new MalformedException("contents of " + items.size() + " logs");
    }
    List<Log> logs = new ArrayList<>();
    for (Cbor item : items) {
      Log log = log(item.asMap());
      if (!logs.isEmpty() && logs.get(logs.size() - 1).name.compareTo(log.name) >= 0) {
        throw new MalformedException("contents whose logs are not in order");
      }
      logs.add(log);
    }
    return new CarContents(logs);
  }

  private static Log log(Cbor.Mapping map) throws MalformedException {
    Set<String> unknown = new HashSet<>(map.entries().keySet());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) throw new MalformedException("contents with an unknown field");
    Cid record = map.field(RECORD).asLink();
    if (!record.isCodec(Codec.RAW)) throw new MalformedException("record of another codec");
    Optional<Cid> proof = link(map.optional(PROOF));
    if (proof.isPresent() && !proof.get().isCodec(Codec.RAW)) {
      throw new MalformedException("fork proof of another codec");
    }
    return new Log(
        IpnsName.parse(map.field(NAME).asBytes()),
        record,
        link(map.optional(INDEX)),
        link(map.optional(LARGE)),
        proof);
  }

  private static Optional<Cid> link(Optional<Cbor> value) throws MalformedException {
    return value.isPresent() ? Optional.of(value.get().asLink()) : Optional.empty();
  }

  /** The block that links to the roots of large payloads, so that pinning reaches them. */
  public static byte[] encodeLarge(List<Cid> roots) {
    List<Cbor> items = new ArrayList<>();
    roots
        .subList(0, Math.min(roots.size(), LARGE_MAX))
        .forEach(link -> items.add(new Cbor.Link(link)));
    return DagCbor.encode(new Cbor.Array(items));
  }

  /** The blocks that a reader of the file begins with, in the order of the header. */
  public List<Cid> roots(Cid self) {
    List<Cid> roots = new ArrayList<>();
    for (Log log : logs) {
      log.index.ifPresent(roots::add);
      roots.add(log.record);
      log.proof.ifPresent(roots::add);
    }
    roots.add(self);
    return roots;
  }
}
