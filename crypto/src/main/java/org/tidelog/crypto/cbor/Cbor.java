package org.tidelog.crypto.cbor;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Cid;

/**
 * A value of the IPLD data model. The {@code as…} accessors are for reading what others wrote: they
 * refuse a value of another type by name. Immutable.
 */
public sealed interface Cbor {
  /** An integer of any sign. */
  static Cbor of(long value) {
    return new Int(BigInteger.valueOf(value));
  }

  /** The type's name, for messages. */
  String type();

  /** 0 to 2^63-1; refuses anything else, negative integers too. */
  default long asLong() throws MalformedException {
    long value = asSignedLong();
    if (value < 0) throw new MalformedException("negative integer");
    return value;
  }

  /** -2^63 to 2^63-1; refuses anything else. */
  default long asSignedLong() throws MalformedException {
    throw Other.than("integer", this);
  }

  /** A copy. */
  default byte[] asBytes() throws MalformedException {
    throw Other.than("byte string", this);
  }

  default String asText() throws MalformedException {
    throw Other.than("text", this);
  }

  /** Unmodifiable. */
  default List<Cbor> asArray() throws MalformedException {
    throw Other.than("array", this);
  }

  default Mapping asMap() throws MalformedException {
    throw Other.than("map", this);
  }

  default Cid asLink() throws MalformedException {
    throw Other.than("link", this);
  }

  default boolean asBool() throws MalformedException {
    throw Other.than("boolean", this);
  }

  /** -2^64 to 2^64-1. */
  record Int(BigInteger value) implements Cbor {
    private static final int BITS_MAX = 64;

    public Int {
      // bitLength leaves the sign out, so the bound is the same on both sides.
      if (value.bitLength() > BITS_MAX) throw new IllegalArgumentException("value: " + value);
    }

    @Override
    public String type() {
      return "integer";
    }

    @Override
    public long asSignedLong() throws MalformedException {
      if (value.bitLength() >= Long.SIZE) throw new MalformedException("integer over 63 bits");
      return value.longValue();
    }
  }

  record Bytes(byte[] value) implements Cbor {
    public Bytes {
      value = value.clone();
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public String type() {
      return "byte string";
    }

    @Override
    public byte[] asBytes() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    /** The length only: what is in it may be long, or nobody's business. */
    @Override
    public String toString() {
      return "Bytes[" + value.length + "]";
    }
  }

  /** Unicode text without lone surrogates. */
  record Text(String value) implements Cbor {
    public Text {
      Utf8.check(value);
    }

    @Override
    public String type() {
      return "text";
    }

    @Override
    public String asText() {
      return value;
    }
  }

  record Array(List<Cbor> items) implements Cbor {
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public String type() {
      return "array";
    }

    @Override
    public List<Cbor> asArray() {
      return items;
    }
  }

  /** Text keys, each once, in {@link #KEY_ORDER}, whatever the order they are given in. */
  record Mapping(SortedMap<String, Cbor> entries) implements Cbor {
    /** By length in UTF-8, then bytewise: the order of DAG-CBOR. */
    public static final Comparator<String> KEY_ORDER = Utf8::compareLengthFirst;

    public Mapping {
      entries.keySet().forEach(Utf8::check);
      SortedMap<String, Cbor> copy = new TreeMap<>(KEY_ORDER);
      copy.putAll(entries);
      entries = Collections.unmodifiableSortedMap(copy);
    }

    @Override
    public String type() {
      return "map";
    }

    @Override
    public Mapping asMap() {
      return this;
    }

    /** The value of a field that must be there. */
    public Cbor field(String name) throws MalformedException {
      Cbor value = entries.get(name);
      if (value == null) throw new MalformedException("map without field " + name);
      return value;
    }

    public Optional<Cbor> optional(String name) {
      return Optional.ofNullable(entries.get(name));
    }
  }

  record Link(Cid cid) implements Cbor {
    @Override
    public String type() {
      return "link";
    }

    @Override
    public Cid asLink() {
      return cid;
    }
  }

  record Bool(boolean value) implements Cbor {
    @Override
    public String type() {
      return "boolean";
    }

    @Override
    public boolean asBool() {
      return value;
    }
  }

  record Null() implements Cbor {
    @Override
    public String type() {
      return "null";
    }
  }

  /** A finite number. */
  record Float64(double value) implements Cbor {
    public Float64 {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("value: " + value);
      }
    }

    @Override
    public String type() {
      return "float";
    }
  }
}
