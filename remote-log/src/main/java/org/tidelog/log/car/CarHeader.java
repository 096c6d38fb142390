package org.tidelog.log.car;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;

/**
 * What a CAR file begins with: the blocks that lead to all others. As long as its roots are, so
 * that one whose roots are not known yet may be written over once they are.
 *
 * @param roots at least one
 */
public record CarHeader(List<Cid> roots) {
  /** Three roots a log for {@link CarContents#LOGS_MAX} logs, and some. */
  public static final int BYTES_MAX = 1 << 19;

  private static final String ROOTS = "roots";
  private static final String VERSION = "version";
  private static final long VERSION_1 = 1;
  private static final int FIELDS = 2;

  public CarHeader {
    if (roots.isEmpty()) throw new IllegalArgumentException("roots: none");
    roots = List.copyOf(roots);
  }

  /** With its length before it, as it stands in the file. */
  public byte[] encode() {
    List<Cbor> links = new ArrayList<>();
    roots.forEach(root -> links.add(new Cbor.Link(root)));
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put(ROOTS, new Cbor.Array(links));
    map.put(VERSION, Cbor.of(VERSION_1));
    byte[] bytes = DagCbor.encode(new Cbor.Mapping(map));
    if (bytes.length > BYTES_MAX) throw new IllegalArgumentException("roots: " + roots.size());
    return new ByteWriter().varint(bytes.length).bytes(bytes).toByteArray();
  }

  /** Reads one without the length before it. */
  static CarHeader parse(byte[] bytes) throws MalformedException {
    Cbor.Mapping map = DagCbor.decode(bytes).asMap();
    long version = map.field(VERSION).asLong();
    if (version != VERSION_1) throw new MalformedException("CAR file of version " + version);
    if (map.entries().size() != FIELDS) {
      throw new MalformedException("CAR header of " + map.entries().size() + " fields");
    }
    List<Cid> roots = new ArrayList<>();
    for (Cbor root : map.field(ROOTS).asArray()) {
      roots.add(root.asLink());
    }
    if (roots.isEmpty()) throw new MalformedException("CAR file without roots");
    return new CarHeader(roots);
  }
}
