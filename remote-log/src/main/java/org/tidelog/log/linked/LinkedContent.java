package org.tidelog.log.linked;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.Cid;

/**
 * What an entry says of a large payload: its length, the root of its blocks and the key they are
 * encrypted with. The shape of the tree follows from the length, so a hostile one cannot be made
 * deeper or wider.
 *
 * @param size bytes, 1 to {@link #SIZE_MAX}
 * @param key 32 random bytes, used for nothing else
 */
public record LinkedContent(long size, Cid root, byte[] key) {
  /** Plain bytes of a chunk; the last may be shorter. */
  public static final int CHUNK_BYTES = 256 * 1024;

  /** Links of a node: 40 KB. */
  static final int FAN_OUT = 1024;

  /** A petabyte: four levels of links. */
  public static final long SIZE_MAX = 1L << 50;

  private static final int KEY_BYTES = 32;
  private static final int FIELDS = 3;

  public LinkedContent {
    if (size < 1 || size > SIZE_MAX) throw new IllegalArgumentException("size: " + size);
    if (key.length != KEY_BYTES)
      throw new IllegalArgumentException("key: " + key.length + " bytes");
    key = key.clone();
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  long chunks() {
    return (size + CHUNK_BYTES - 1) / CHUNK_BYTES;
  }

  /** Levels of nodes above the chunks, 1 or more. */
  int levels() {
    int levels = 1;
    for (long nodes = chunks(); nodes > FAN_OUT; nodes = (nodes + FAN_OUT - 1) / FAN_OUT) {
      levels++;
    }
    return levels;
  }

  public byte[] encode() {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put("size", Cbor.of(size));
    map.put("root", new Cbor.Link(root));
    map.put("key", new Cbor.Bytes(key));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  public static LinkedContent parse(byte[] bytes) throws MalformedException {
    Cbor.Mapping map = DagCbor.decode(bytes).asMap();
    if (map.entries().size() != FIELDS) {
      throw new MalformedException("linked content of " + map.entries().size() + " fields");
    }
    long size = map.field("size").asLong();
    byte[] key = map.field("key").asBytes();
    if (size < 1 || size > SIZE_MAX || key.length != KEY_BYTES) {
      throw new MalformedException("linked content of " + size + " bytes, key of " + key.length);
    }
    return new LinkedContent(size, map.field("root").asLink(), key);
  }

  static byte[] encodeNode(List<Cid> links) {
    List<Cbor> items = new ArrayList<>();
    links.forEach(link -> items.add(new Cbor.Link(link)));
    return DagCbor.encode(new Cbor.Array(items));
  }

  static List<Cid> parseNode(byte[] block, long expected) throws MalformedException {
    List<Cbor> items = DagCbor.decode(block).asArray();
    if (items.size() != expected) {
      throw new MalformedException("node of " + items.size() + " links, not " + expected);
    }
    List<Cid> links = new ArrayList<>();
    for (Cbor item : items) {
      links.add(item.asLink());
    }
    return links;
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "linked content of " + size + " bytes, root " + root.text();
  }
}
