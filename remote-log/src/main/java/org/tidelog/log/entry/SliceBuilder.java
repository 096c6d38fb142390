package org.tidelog.log.entry;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Encodes a run of entries as a {@link Slice}. The bytes are a function of the range and of which
 * payloads are present; cutting a slice and joining the parts gives the same bytes again. Owned by
 * one thread.
 */
public final class SliceBuilder {
  private final long first;
  private final ByteWriter body = new ByteWriter();
  private int count;
  private int weight;
  private long lastTime;

  /** A slice that begins at position {@code first}. */
  public SliceBuilder(long first) {
    if (first < 0 || first > Limits.SEQ_MAX) throw new IllegalArgumentException("first: " + first);
    this.first = first;
  }

  public long first() {
    return first;
  }

  public int count() {
    return count;
  }

  /** The position after the last entry added. */
  public long end() {
    return first + count;
  }

  /** Whether an entry of this weight fits the bounds of a slice. Into an empty one, any does. */
  public boolean hasRoomFor(int entryWeight) {
    return count < Limits.SLICE_ENTRIES_MAX && weight + entryWeight <= Limits.SLICE_WEIGHT_MAX;
  }

  /** Whether all entries of a slice fit behind those that are here. */
  public boolean hasRoomFor(Slice slice) {
    return count + slice.count() <= Limits.SLICE_ENTRIES_MAX
        && weight + slice.weight() <= Limits.SLICE_WEIGHT_MAX;
  }

  /**
   * Appends an entry.
   *
   * @throws IllegalStateException if there is no room for it
   */
  public SliceBuilder add(NewEntry entry) {
    count(entry.weight());
    boolean expiring = (entry.flags() & Flags.EXPIRING) != 0;
    boolean linked = (entry.flags() & Flags.LINKED) != 0;
    int more =
        (expiring ? SliceScanner.MORE_EXPIRING : 0) | (linked ? SliceScanner.MORE_LINKED : 0);
    int lead =
        entry.kind().code()
            | ((entry.flags() & Flags.SEALED) != 0 ? SliceScanner.SEALED : 0)
            | (entry.parents().isEmpty() ? 0 : SliceScanner.PARENTS)
            | ((entry.flags() & Flags.SALTED) != 0 ? SliceScanner.SALTED : 0);
    lead(lead, more);
    time(entry.timeMillis());
    if (expiring) body.varint(entry.expiryMillis() - entry.timeMillis());
    if (!entry.parents().isEmpty()) {
      body.varint(entry.parents().size());
      for (ParentRef parent : entry.parents()) {
        body.varint(parent.alias()).varint(parent.seq());
      }
    }
    body.varint(entry.stored().length).bytes(entry.stored());
    return this;
  }

  /** Takes over the entry the scanner stands at, with its payload as it is there. */
  void add(SliceScanner entry, byte[] bytes) {
    count(entry.weight());
    int leadBytes = (bytes[entry.entryAt] & SliceScanner.MORE) != 0 ? 2 : 1;
    body.bytes(bytes, entry.entryAt, leadBytes);
    time(entry.timeMillis);
    body.bytes(bytes, entry.afterTime, entry.entryEnd - entry.afterTime);
  }

  /**
   * Takes over the entry the scanner stands at without its payload: the payload's hash stands in.
   */
  void addWithoutPayload(SliceScanner entry, byte[] bytes, Digest payloadHash) {
    count(entry.weight());
    int lead = bytes[entry.entryAt] & 0xff;
    int more = (lead & SliceScanner.MORE) != 0 ? bytes[entry.entryAt + 1] & 0xff : 0;
    lead(lead & ~SliceScanner.MORE, more | SliceScanner.MORE_ABSENT);
    time(entry.timeMillis);
    body.bytes(bytes, entry.afterTime, entry.payloadAt - entry.afterTime);
    body.digest(payloadHash);
  }

  private void count(int entryWeight) {
    if (!hasRoomFor(entryWeight)) {
      throw new IllegalStateException("slice: " + count + " entries, weight " + weight);
    }
    count++;
    weight += entryWeight;
  }

  private void lead(int lead, int more) {
    if (more == 0) {
      body.u8(lead);
    } else {
      body.u8(lead | SliceScanner.MORE).u8(more);
    }
  }

  private void time(long millis) {
    body.zigzag(millis - lastTime);
    lastTime = millis;
  }

  /**
   * The slice of what was added.
   *
   * @throws IllegalStateException if nothing was added
   */
  public Slice build() {
    if (count == 0) throw new IllegalStateException("count: 0");
    byte[] bytes =
        new ByteWriter()
            .varint(first)
            .varint(count)
            .bytes(body.array(), 0, body.size())
            .toByteArray();
    try {
      return Slice.parse(bytes);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
