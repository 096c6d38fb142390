package org.tidelog.crypto.cbor;

import org.tidelog.crypto.MalformedException;

/**
 * The one encoding of a {@link Cbor} value, by the DAG-CBOR specification: shortest integers and
 * lengths, definite lengths, map keys text, unique and sorted, tag 42 only, floats of 64 bits and
 * finite, one item and nothing after it.
 */
public final class DagCbor {
  /**
   * Arrays, maps and links inside each other; what the project writes has four. Bounds the stack.
   */
  public static final int DEPTH_MAX = 64;

  /**
   * Values in one encoding, those inside others included; an index node of 64 children has 513. A
   * value of one byte takes up to 200 in memory, so a mebibyte of nothing but small ones would take
   * 200.
   */
  public static final int ITEMS_MAX = 65_536;

  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int TAG = 6;
  static final int SIMPLE = 7;

  static final int LINK_TAG = 42;

  /** What stands before the CID in a link: the multibase prefix of plain bytes. */
  static final int LINK_PREFIX = 0;

  static final int FALSE = 20;
  static final int TRUE = 21;
  static final int NULL = 22;
  static final int FLOAT64 = 27;

  private DagCbor() {}

  /**
   * The value's encoding.
   *
   * @throws IllegalArgumentException if it is nested deeper than {@link #DEPTH_MAX}
   */
  public static byte[] encode(Cbor value) {
    return new CborWriter().write(value);
  }

  /**
   * Reads one value that takes up all of the bytes; memory is bounded by a small multiple of their
   * length and by {@link #ITEMS_MAX}.
   */
  public static Cbor decode(byte[] bytes) throws MalformedException {
    return new CborReader(bytes).read();
  }
}
