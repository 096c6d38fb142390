package org.tidelog.crypto.cbor;

import java.math.BigInteger;
import java.util.Map;
import org.tidelog.crypto.multiformats.ByteWriter;

/** Writes one value. */
final class CborWriter {
  private static final int ONE_BYTE = 24;
  private static final int TWO_BYTES = 25;
  private static final int FOUR_BYTES = 26;
  private static final int EIGHT_BYTES = 27;

  private final ByteWriter out = new ByteWriter();

  byte[] write(Cbor value) {
    item(value, 0);
    return out.toByteArray();
  }

  private void item(Cbor value, int depth) {
    if (depth > DagCbor.DEPTH_MAX) throw new IllegalArgumentException("depth: " + depth);
    if (value instanceof Cbor.Int number) {
      integer(number.value());
    } else if (value instanceof Cbor.Bytes bytes) {
      string(DagCbor.BYTES, bytes.asBytes());
    } else if (value instanceof Cbor.Text text) {
      string(DagCbor.TEXT, Utf8.encode(text.value()));
    } else if (value instanceof Cbor.Array array) {
      head(DagCbor.ARRAY, array.items().size());
      array.items().forEach(item -> item(item, depth + 1));
    } else if (value instanceof Cbor.Mapping map) {
      mapping(map, depth);
    } else if (value instanceof Cbor.Link link) {
      link(link);
    } else {
      simple(value);
    }
  }

  private void mapping(Cbor.Mapping map, int depth) {
    head(DagCbor.MAP, map.entries().size());
    for (Map.Entry<String, Cbor> entry : map.entries().entrySet()) {
      string(DagCbor.TEXT, Utf8.encode(entry.getKey()));
      item(entry.getValue(), depth + 1);
    }
  }

  private void integer(BigInteger value) {
    // The low 64 bits are the argument, read as unsigned; a negative n stands as -1 - n.
    if (value.signum() >= 0) {
      head(DagCbor.UNSIGNED, value.longValue());
    } else {
      head(DagCbor.NEGATIVE, value.not().longValue());
    }
  }

  private void string(int major, byte[] bytes) {
    head(major, bytes.length);
    out.bytes(bytes);
  }

  private void link(Cbor.Link link) {
    byte[] cid = link.cid().bytes();
    head(DagCbor.TAG, DagCbor.LINK_TAG);
    head(DagCbor.BYTES, cid.length + 1L);
    out.u8(DagCbor.LINK_PREFIX).bytes(cid);
  }

  private void simple(Cbor value) {
    if (value instanceof Cbor.Bool bool) {
      head(DagCbor.SIMPLE, bool.value() ? DagCbor.TRUE : DagCbor.FALSE);
    } else if (value instanceof Cbor.Null) {
      head(DagCbor.SIMPLE, DagCbor.NULL);
    } else if (value instanceof Cbor.Float64 number) {
      out.u8(DagCbor.SIMPLE << 5 | DagCbor.FLOAT64);
      eight(Double.doubleToRawLongBits(number.value()));
    } else {
      throw new AssertionError(value.type());
    }
  }

  /** Major type and argument, the shortest; the argument is unsigned. */
  private void head(int major, long argument) {
    int high = major << 5;
    if (argument < 0 || argument > 0xffff_ffffL) {
      out.u8(high | EIGHT_BYTES);
      eight(argument);
    } else if (argument > 0xffff) {
      out.u8(high | FOUR_BYTES).u32(argument);
    } else if (argument > 0xff) {
      out.u8(high | TWO_BYTES).u8((int) (argument >> 8)).u8((int) (argument & 0xff));
    } else if (argument >= ONE_BYTE) {
      out.u8(high | ONE_BYTE).u8((int) argument);
    } else {
      out.u8(high | (int) argument);
    }
  }

  private void eight(long bits) {
    out.u32(bits >>> 32).u32(bits & 0xffff_ffffL);
  }
}
