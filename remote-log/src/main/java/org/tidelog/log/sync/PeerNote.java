package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * What is remembered of a peer and a topic.
 *
 * @param told the state of ours of which the peer said that it knows all
 * @param seen states of the peer's of which we know all, newest first: its note may be older than
 *     ours, where a connection ended before it heard of the last
 * @param difference in what the two sets were found to differ for good
 * @param partial whether it asked for less than all of a log: then no root follows from what it has
 */
record PeerNote(
    Optional<Fingerprint> told,
    List<Fingerprint> seen,
    Optional<Fingerprint> difference,
    boolean partial) {
  static final PeerNote NONE = new PeerNote(Optional.empty(), List.of(), Optional.empty(), false);

  private static final int VERSION = 1;
  private static final int SEEN_MAX = 4;
  private static final int TOLD = 1;
  private static final int PARTIAL = 2;
  private static final int DIFFERENCE = 4;

  PeerNote {
    seen = List.copyOf(seen);
  }

  PeerNote withTold(Fingerprint state) {
    return told.equals(Optional.of(state))
        ? this
        : new PeerNote(Optional.of(state), seen, difference, partial);
  }

  PeerNote withSeen(Fingerprint state) {
    if (!seen.isEmpty() && seen.get(0).equals(state)) return this;
    List<Fingerprint> newest = new ArrayList<>();
    newest.add(state);
    for (Fingerprint old : seen) {
      if (newest.size() < SEEN_MAX && !old.equals(state)) newest.add(old);
    }
    return new PeerNote(told, newest, difference, partial);
  }

  PeerNote withDifference(Fingerprint known) {
    return new PeerNote(told, seen, Optional.of(known), partial);
  }

  PeerNote asPartial() {
    return partial ? this : new PeerNote(told, seen, difference, true);
  }

  byte[] encode() {
    ByteWriter out =
        new ByteWriter()
            .u8(VERSION)
            .u8(
                (told.isPresent() ? TOLD : 0)
                    | (partial ? PARTIAL : 0)
                    | (difference.isPresent() ? DIFFERENCE : 0));
    told.ifPresent(state -> state.write(out));
    difference.ifPresent(known -> known.write(out));
    seen.forEach(state -> state.write(out));
    return out.toByteArray();
  }

  /** A note that cannot be read is none. */
  static PeerNote parse(byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      if (in.u8() != VERSION) return NONE;
      int flags = in.u8();
      Optional<Fingerprint> told =
          (flags & TOLD) != 0 ? Optional.of(Fingerprint.read(in)) : Optional.empty();
      Optional<Fingerprint> difference =
          (flags & DIFFERENCE) != 0 ? Optional.of(Fingerprint.read(in)) : Optional.empty();
      List<Fingerprint> seen = new ArrayList<>();
      while (in.remaining() > 0 && seen.size() < SEEN_MAX) {
        seen.add(Fingerprint.read(in));
      }
      return new PeerNote(told, seen, difference, (flags & PARTIAL) != 0);
    } catch (MalformedException e) {
      return NONE;
    }
  }
}
