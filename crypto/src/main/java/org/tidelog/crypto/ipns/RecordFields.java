package org.tidelog.crypto.ipns;

import java.util.Map;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * The protobuf message around a record's data: fields by number. Unknown fields are skipped, as the
 * format wants it; a known one must have its type and be there once, since readers disagree on
 * which of two counts.
 */
final class RecordFields {
  static final int VALUE = 1;
  static final int SIGNATURE_V1 = 2;
  static final int VALIDITY_TYPE = 3;
  static final int VALIDITY = 4;
  static final int SEQUENCE = 5;
  static final int TTL = 6;
  static final int PUBLIC_KEY = 7;
  static final int SIGNATURE_V2 = 8;
  static final int DATA = 9;

  private static final int NUMBER_TYPE = 0;
  private static final int FIXED_64_TYPE = 1;
  private static final int BYTES_TYPE = 2;
  private static final int FIXED_32_TYPE = 5;
  private static final int VARINT_BYTES_MAX = 10;
  private static final byte[] EMPTY = {};

  private final Map<Integer, byte[]> strings = new TreeMap<>();
  private final Map<Integer, Long> numbers = new TreeMap<>();

  private RecordFields() {}

  /** The two fields that a record of version 2 consists of. */
  static byte[] write(byte[] signature, byte[] data) {
    ByteWriter out = new ByteWriter();
    out.varint(SIGNATURE_V2 << 3 | BYTES_TYPE).varint(signature.length).bytes(signature);
    out.varint(DATA << 3 | BYTES_TYPE).varint(data.length).bytes(data);
    return out.toByteArray();
  }

  static RecordFields parse(byte[] bytes) throws MalformedException {
    RecordFields fields = new RecordFields();
    ByteReader in = new ByteReader(bytes);
    while (in.remaining() > 0) {
      long tag = in.varint();
      int type = (int) (tag & 7);
      long number = tag >>> 3;
      if (number == 0) throw new MalformedException("IPNS record with a field numbered 0");
      if (number <= DATA) {
        fields.take((int) number, type, in);
      } else {
        skip(type, in);
      }
    }
    return fields;
  }

  boolean has(int number) {
    return strings.containsKey(number) || numbers.containsKey(number);
  }

  /** Whether any field of the first version is there. */
  boolean hasVersion1() {
    for (int number = VALUE; number <= TTL; number++) {
      if (has(number)) return true;
    }
    return false;
  }

  /** The field's bytes, none where it is absent. */
  byte[] bytes(int number) {
    return strings.getOrDefault(number, EMPTY);
  }

  /** The field's number, 0 where it is absent. */
  long number(int number) {
    return numbers.getOrDefault(number, 0L);
  }

  private void take(int number, int type, ByteReader in) throws MalformedException {
    boolean numeric = number == VALIDITY_TYPE || number == SEQUENCE || number == TTL;
    if (type != (numeric ? NUMBER_TYPE : BYTES_TYPE)) {
      throw new MalformedException("IPNS record with field " + number + " of wire type " + type);
    }
    if (has(number)) throw new MalformedException("IPNS record with field " + number + " twice");
    if (numeric) {
      numbers.put(number, in.varint());
    } else {
      strings.put(number, in.bytes(length(in)));
    }
  }

  private static void skip(int type, ByteReader in) throws MalformedException {
    switch (type) {
      case NUMBER_TYPE:
        skipVarint(in);
        break;
      case FIXED_64_TYPE:
        in.skip(Long.BYTES);
        break;
      case BYTES_TYPE:
        in.skip(length(in));
        break;
      case FIXED_32_TYPE:
        in.skip(Integer.BYTES);
        break;
      default:
        throw new MalformedException("IPNS record with wire type " + type);
    }
  }

  // Others may write negative numbers, ten bytes long, or padded ones.
  private static void skipVarint(ByteReader in) throws MalformedException {
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      if (in.u8() < 0x80) return;
    }
    throw new MalformedException("IPNS record with a number over 64 bits");
  }

  private static int length(ByteReader in) throws MalformedException {
    long length = in.varint();
    if (length > in.remaining()) throw new MalformedException("IPNS record is cut short");
    return (int) length;
  }
}
