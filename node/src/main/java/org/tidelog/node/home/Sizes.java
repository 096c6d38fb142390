package org.tidelog.node.home;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;

/**
 * How many entries each log of this device had when it was last published or the home was last
 * closed. A store with fewer was rolled back. A file of its own: writing the incarnation file anew
 * would change what that one is known by.
 *
 * @param id of the incarnation file it belongs to, 32 bytes
 * @param entries by log, at least 1
 */
public record Sizes(byte[] id, SortedMap<IpnsName, Long> entries) {
  /** Far more logs than a device writes: what the file may take in memory. */
  static final int LOGS_MAX = 1 << 20;

  static final int BYTES_MAX = 64 * 1024 * 1024;

  private static final byte[] MAGIC = Sha256.tag("TDLS");
  private static final int VERSION = 1;
  private static final int KEY_BYTES = 32;

  public Sizes {
    if (id.length != HomeMark.ID_BYTES) {
      throw new IllegalArgumentException("id: " + id.length + " bytes");
    }
    if (entries.size() > LOGS_MAX) throw new IllegalArgumentException("logs: " + entries.size());
    id = id.clone();
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** Those of an incarnation that has written nothing yet. */
  public static Sizes none(byte[] id) {
    return new Sizes(id, Collections.emptySortedMap());
  }

  /** Whether they are of the incarnation that the home is in. */
  public boolean isOf(HomeMark mark) {
    return Arrays.equals(id, mark.id());
  }

  @Override
  public byte[] id() {
    return id.clone();
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter().bytes(MAGIC).u8(VERSION).bytes(id).varint(entries.size());
    for (Map.Entry<IpnsName, Long> log : entries.entrySet()) {
      out.bytes(log.getKey().key()).varint(log.getValue());
    }
    byte[] body = out.toByteArray();
    return new ByteWriter().bytes(body).digest(Sha256.hash(body)).toByteArray();
  }

  static Sizes parse(byte[] bytes) throws MalformedException {
    int end = bytes.length - Digest.LENGTH;
    if (end < 0 || !Sha256.hash(Arrays.copyOf(bytes, end)).equals(Digest.of(bytes, end))) {
      throw new MalformedException("sizes that are damaged");
    }
    ByteReader in = new ByteReader(bytes, 0, end);
    if (!Arrays.equals(MAGIC, in.bytes(MAGIC.length)) || in.u8() != VERSION) {
      throw new MalformedException("sizes of another format");
    }
    byte[] id = in.bytes(HomeMark.ID_BYTES);
    long count = in.varint();
    if (count > LOGS_MAX) throw new MalformedException("sizes of " + count + " logs");
    SortedMap<IpnsName, Long> entries = new TreeMap<>();
    for (long i = 0; i < count; i++) {
      IpnsName log = IpnsName.parse(in.bytes(KEY_BYTES));
      if (i > 0 && entries.lastKey().compareTo(log) >= 0) {
        throw new MalformedException("sizes out of order");
      }
      entries.put(log, size(in.varint()));
    }
    in.end();
    return new Sizes(id, entries);
  }

  private static long size(long size) throws MalformedException {
    if (size >= 1 && size <= Limits.SIZE_MAX) return size;
    throw new MalformedException("size of " + size + " entries");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sizes that
        && Arrays.equals(id, that.id)
        && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }
}
