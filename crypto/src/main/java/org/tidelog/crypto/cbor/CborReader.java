package org.tidelog.crypto.cbor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.Cid;

/** Reads one value, strictly. Whatever it takes encodes to the same bytes again. */
final class CborReader {
  private static final int ONE_BYTE = 24;
  private static final int TWO_BYTES = 25;
  private static final int FOUR_BYTES = 26;
  private static final int EIGHT_BYTES = 27;

  private static final Cbor FALSE = new Cbor.Bool(false);
  private static final Cbor TRUE = new Cbor.Bool(true);
  private static final Cbor NULL = new Cbor.Null();

  private final ByteReader in;
  private int items;

  CborReader(byte[] bytes) {
    this.in = new ByteReader(bytes);
  }

  Cbor read() throws MalformedException {
    Cbor value = item(0);
    in.end();
    return value;
  }

  private Cbor item(int depth) throws MalformedException {
    int at = in.position();
    if (depth > DagCbor.DEPTH_MAX) throw new MalformedException("CBOR nested too deeply at " + at);
    if (++items > DagCbor.ITEMS_MAX)
      throw new MalformedException("CBOR of too many values at " + at);
    int first = in.u8();
    int major = first >> 5;
    int info = first & 0x1f;
    if (major == DagCbor.SIMPLE) return simple(info, at);
    long argument = argument(info, at);
    switch (major) {
      case DagCbor.UNSIGNED:
        return new Cbor.Int(unsigned(argument));
      case DagCbor.NEGATIVE:
        return new Cbor.Int(unsigned(argument).not());
      case DagCbor.BYTES:
        return new Cbor.Bytes(string(argument, at));
      case DagCbor.TEXT:
        return new Cbor.Text(Utf8.decode(string(argument, at)));
      case DagCbor.ARRAY:
        return array(count(argument, 1, at), depth);
      case DagCbor.MAP:
        return mapping(count(argument, 2, at), depth);
      default:
        return link(argument, at);
    }
  }

  private Cbor array(int count, int depth) throws MalformedException {
    List<Cbor> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(item(depth + 1));
    }
    return new Cbor.Array(items);
  }

  private Cbor mapping(int count, int depth) throws MalformedException {
    SortedMap<String, Cbor> entries = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      String key = key();
      // A key that is no greater than the last one is out of order, or there twice.
      if (i > 0 && Cbor.Mapping.KEY_ORDER.compare(entries.lastKey(), key) >= 0) {
        throw new MalformedException("CBOR map key out of order or repeated at " + at);
      }
      entries.put(key, item(depth + 1));
    }
    return new Cbor.Mapping(entries);
  }

  private String key() throws MalformedException {
    int at = in.position();
    int first = in.u8();
    if (first >> 5 != DagCbor.TEXT) {
      throw new MalformedException("CBOR map key that is not text at " + at);
    }
    return Utf8.decode(string(argument(first & 0x1f, at), at));
  }

  private Cbor link(long tag, int at) throws MalformedException {
    if (tag != DagCbor.LINK_TAG) throw new MalformedException("CBOR tag other than 42 at " + at);
    int inner = in.position();
    int first = in.u8();
    if (first >> 5 != DagCbor.BYTES) {
      throw new MalformedException("CBOR link that is no byte string at " + inner);
    }
    ByteReader body = new ByteReader(string(argument(first & 0x1f, inner), inner));
    if (body.u8() != DagCbor.LINK_PREFIX) {
      throw new MalformedException("CBOR link without its prefix at " + inner);
    }
    return new Cbor.Link(Cid.parse(body.bytes(body.remaining())));
  }

  private Cbor simple(int info, int at) throws MalformedException {
    switch (info) {
      case DagCbor.FALSE:
        return FALSE;
      case DagCbor.TRUE:
        return TRUE;
      case DagCbor.NULL:
        return NULL;
      case DagCbor.FLOAT64:
        return float64(at);
      default:
        throw new MalformedException("CBOR simple value or float of kind " + info + " at " + at);
    }
  }

  private Cbor float64(int at) throws MalformedException {
    double value = Double.longBitsToDouble(eight());
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new MalformedException("CBOR float that is not finite at " + at);
    }
    return new Cbor.Float64(value);
  }

  /** The unsigned argument of a head; refuses all but the shortest form. */
  private long argument(int info, int at) throws MalformedException {
    if (info < ONE_BYTE) return info;
    switch (info) {
      case ONE_BYTE:
        return shortest(in.u8(), ONE_BYTE, at);
      case TWO_BYTES:
        return shortest(in.u8() << 8 | in.u8(), 0x100, at);
      case FOUR_BYTES:
        return shortest(in.u32(), 0x1_0000, at);
      case EIGHT_BYTES:
        return shortest(eight(), 0x1_0000_0000L, at);
      default:
        throw new MalformedException("CBOR of indefinite or reserved length at " + at);
    }
  }

  private static long shortest(long value, long least, int at) throws MalformedException {
    if (Long.compareUnsigned(value, least) < 0) {
      throw new MalformedException("CBOR number longer than it need be at " + at);
    }
    return value;
  }

  private byte[] string(long length, int at) throws MalformedException {
    return in.bytes(count(length, 1, at));
  }

  /**
   * A claimed number of parts that take at least {@code bytesEach}, checked against what is there.
   */
  private int count(long claimed, int bytesEach, int at) throws MalformedException {
    if (claimed < 0 || claimed > in.remaining() / bytesEach) {
      throw new MalformedException("CBOR at " + at + " is cut short");
    }
    return (int) claimed;
  }

  private long eight() throws MalformedException {
    return in.u32() << 32 | in.u32();
  }

  private static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
    return bits < 0 ? value.setBit(Long.SIZE - 1) : value;
  }
}
