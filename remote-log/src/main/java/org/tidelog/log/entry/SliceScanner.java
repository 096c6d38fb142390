package org.tidelog.log.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;

/**
 * Walks the entries of an encoded slice in place, one at a time, without copying payloads. It
 * refuses every encoding but the one {@link SliceBuilder} writes. Owned by one thread.
 */
final class SliceScanner {
  static final int KIND_MASK = 0x0f;
  static final int SEALED = 0x10;
  static final int PARENTS = 0x20;
  static final int SALTED = 0x40;
  static final int MORE = 0x80;
  static final int MORE_EXPIRING = 1;
  static final int MORE_LINKED = 2;
  static final int MORE_ABSENT = 4;

  private final byte[] bytes;
  private final ByteReader in;
  final long first;
  final int count;
  private int read;
  private boolean hasParents;

  long seq;
  EntryKind kind = EntryKind.DATA;
  int flags;
  long timeMillis;
  long expiryMillis;
  List<ParentRef> parents = List.of();
  boolean present;
  int payloadLength;

  /** Where the payload begins, or its hash where the payload is absent. */
  int payloadAt;

  int entryAt;

  /** The first byte behind the entry's time, the one field that depends on the entry before. */
  int afterTime;

  int entryEnd;

  /** Of the entries read so far. */
  int weighed;

  SliceScanner(byte[] bytes) throws MalformedException {
    this.bytes = bytes;
    this.in = new ByteReader(bytes);
    this.first = in.varint();
    long entries = in.varint();
    if (entries < 1 || entries > Limits.SLICE_ENTRIES_MAX) {
      throw new MalformedException("slice of " + entries + " entries");
    }
    if (first > Limits.SIZE_MAX - entries)
      throw new MalformedException("slice at position " + first);
    this.count = (int) entries;
  }

  /** Moves to the next entry. After the last one, refuses bytes that are left and answers false. */
  boolean next() throws MalformedException {
    if (read == count) {
      in.end();
      return false;
    }
    entryAt = in.position();
    seq = first + read;
    readLead();
    timeMillis = readTime();
    afterTime = in.position();
    expiryMillis = (flags & Flags.EXPIRING) == 0 ? 0 : readExpiry();
    parents = hasParents ? readParents() : List.of();
    readPayload();
    entryEnd = in.position();
    weighed += weight();
    if (weighed > Limits.SLICE_WEIGHT_MAX) {
      throw new MalformedException("slice over its bounds at entry " + seq);
    }
    read++;
    return true;
  }

  private void readLead() throws MalformedException {
    int lead = in.u8();
    kind = EntryKind.of(lead & KIND_MASK);
    if ((kind == EntryKind.GENESIS) != (seq == 0)) {
      throw new MalformedException(kind.word() + " entry at position " + seq);
    }
    int more = 0;
    if ((lead & MORE) != 0) {
      more = in.u8();
      if (more == 0 || more > (MORE_EXPIRING | MORE_LINKED | MORE_ABSENT)) {
        throw new MalformedException("entry " + seq + " with flags " + more);
      }
    }
    hasParents = (lead & PARENTS) != 0;
    present = (more & MORE_ABSENT) == 0;
    flags =
        ((lead & SALTED) != 0 ? Flags.SALTED : 0)
            | ((more & MORE_LINKED) != 0 ? Flags.LINKED : 0)
            | ((lead & SEALED) != 0 ? Flags.SEALED : 0)
            | ((more & MORE_EXPIRING) != 0 ? Flags.EXPIRING : 0);
  }

  private long readTime() throws MalformedException {
    long before = read == 0 ? 0 : timeMillis;
    long delta = in.zigzag();
    if (delta > Limits.TIME_MILLIS_MAX || delta < -Limits.TIME_MILLIS_MAX) {
      throw new MalformedException("entry " + seq + " with a time step of " + delta + " ms");
    }
    long time = before + delta;
    if (time < 0 || time > Limits.TIME_MILLIS_MAX) {
      throw new MalformedException("entry " + seq + " at " + time + " ms");
    }
    return time;
  }

  private long readExpiry() throws MalformedException {
    long after = in.varint();
    if (after == 0 || after > Limits.TIME_MILLIS_MAX - timeMillis) {
      throw new MalformedException("entry " + seq + " expires after " + after + " ms");
    }
    return timeMillis + after;
  }

  private List<ParentRef> readParents() throws MalformedException {
    long parentCount = in.varint();
    if (parentCount < 1 || parentCount > Limits.PARENTS_MAX) {
      throw new MalformedException("entry " + seq + " with " + parentCount + " parents");
    }
    List<ParentRef> refs = new ArrayList<>((int) parentCount);
    for (int i = 0; i < parentCount; i++) {
      long alias = in.varint();
      long at = in.varint();
      if (alias > Integer.MAX_VALUE || at > Limits.SEQ_MAX) {
        throw new MalformedException("entry " + seq + " with parent (" + alias + ", " + at + ")");
      }
      refs.add(new ParentRef((int) alias, at));
    }
    return List.copyOf(refs);
  }

  private void readPayload() throws MalformedException {
    long length = in.varint();
    if (length > Limits.PAYLOAD_BYTES_MAX) {
      throw new MalformedException("entry " + seq + " with a payload of " + length + " bytes");
    }
    payloadLength = (int) length;
    payloadAt = in.position();
    in.skip(present ? payloadLength : Digest.LENGTH);
  }

  int weight() {
    return Weight.of(flags, payloadAt - afterTime, payloadLength);
  }

  Digest payloadHash(EntryHasher hasher) {
    return present
        ? hasher.payloadHash(bytes, payloadAt, payloadLength)
        : Digest.of(bytes, payloadAt);
  }

  Digest id(EntryHasher hasher, Digest previous, Digest payloadHash) {
    return hasher.id(
        new EntryHasher.Fields(
            seq,
            kind,
            flags,
            previous,
            timeMillis,
            expiryMillis,
            payloadLength,
            payloadHash,
            parents));
  }

  byte[] payload() {
    return Arrays.copyOfRange(bytes, payloadAt, payloadAt + payloadLength);
  }
}
