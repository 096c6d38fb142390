package org.tidelog.log.sync;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.RangeProof;

/**
 * Entries with what proves them: what the reader can derive is left out.
 *
 * @param previous the id before the first entry, where the reader may not have it
 * @param signed time and signature of the head that the slice ends with, where it does
 * @param root of that head, where the reader may not be able to compute it
 * @param continuity that the head continues the one at the reader's base, where entries between are
 *     still to come
 * @param genesis entry 0 with the proof that it is in the head's log, where the reader has nothing
 */
record SliceFrame(
    Slice slice,
    Optional<Digest> previous,
    Optional<Signed> signed,
    Optional<Digest> root,
    Optional<Continuity> continuity,
    Optional<Introduction> genesis) {
  private static final int PREVIOUS = 1;
  private static final int SIGNED = 2;
  private static final int ROOT = 4;
  private static final int CONTINUITY = 8;
  private static final int GENESIS = 16;
  private static final int ALL = 31;

  /** What of a head does not follow from slice and root. */
  record Signed(long timeMillis, byte[] signature) {
    static Signed of(Head head) {
      return new Signed(head.timeMillis(), head.signature());
    }
  }

  /** That the log had some root when it was of the base's size. */
  record Continuity(long base, RangeProof proof) {}

  /** Entry 0 of a log whose other entries are far from it. */
  record Introduction(Slice slice, RangeProof proof) {}

  void write(ByteWriter out) {
    out.u8(
        (previous.isPresent() ? PREVIOUS : 0)
            | (signed.isPresent() ? SIGNED : 0)
            | (root.isPresent() ? ROOT : 0)
            | (continuity.isPresent() ? CONTINUITY : 0)
            | (genesis.isPresent() ? GENESIS : 0));
    out.varint(slice.length()).bytes(slice.bytes());
    previous.ifPresent(out::digest);
    signed.ifPresent(head -> out.varint(head.timeMillis).bytes(head.signature));
    root.ifPresent(out::digest);
    continuity.ifPresent(known -> out.varint(known.base).bytes(known.proof.encode()));
    genesis.ifPresent(
        intro ->
            out.varint(intro.slice.length())
                .bytes(intro.slice.bytes())
                .bytes(intro.proof.encode()));
  }

  static SliceFrame read(ByteReader in) throws MalformedException {
    int flags = Wire.flags(in, ALL);
    Slice slice = slice(in);
    Optional<Digest> previous =
        (flags & PREVIOUS) != 0 ? Optional.of(in.digest()) : Optional.empty();
    Optional<Signed> signed = (flags & SIGNED) != 0 ? Optional.of(signed(in)) : Optional.empty();
    Optional<Digest> root = (flags & ROOT) != 0 ? Optional.of(in.digest()) : Optional.empty();
    Optional<Continuity> continuity = Optional.empty();
    if ((flags & CONTINUITY) != 0) {
      long base = Wire.position(in);
      RangeProof proof = RangeProof.read(base, base, slice.end(), in);
      continuity = Optional.of(new Continuity(base, proof));
    }
    Optional<Introduction> genesis =
        (flags & GENESIS) != 0 ? Optional.of(introduction(in, slice.end())) : Optional.empty();
    in.end();
    return new SliceFrame(slice, previous, signed, root, continuity, genesis);
  }

  private static Slice slice(ByteReader in) throws MalformedException {
    long length = in.varint();
    if (length > Limits.SLICE_BYTES_MAX) {
      throw new MalformedException("slice of " + length + " bytes");
    }
    return Slice.parse(in.bytes((int) length));
  }

  private static Signed signed(ByteReader in) throws MalformedException {
    long time = in.varint();
    if (time > Limits.TIME_MILLIS_MAX) throw new MalformedException("head at " + time + " ms");
    return new Signed(time, in.bytes(Head.SIGNATURE_BYTES));
  }

  private static Introduction introduction(ByteReader in, long size) throws MalformedException {
    Slice slice = slice(in);
    if (!slice.range().equals(new SeqRange(0, 1))) {
      throw new MalformedException("introduction by entries " + slice.range());
    }
    return new Introduction(slice, RangeProof.read(0, 1, size, in));
  }
}
