package org.tidelog.log.fork;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.ParentRef;

/** The parts that the forms of a proof have in common: heads without what follows, headers. */
final class ForkCodec {
  static final int VERSION = 1;

  private ForkCodec() {}

  /** What of a head cannot be derived: last id, time, signature. Its size stands before. */
  record Signed(Digest last, long timeMillis, byte[] signature) {
    static Signed of(Head head) {
      return new Signed(head.last(), head.timeMillis(), head.signature());
    }

    static Signed read(ByteReader in) throws MalformedException {
      Digest last = in.digest();
      long time = time(in.varint());
      return new Signed(last, time, in.bytes(Head.SIGNATURE_BYTES));
    }

    void write(ByteWriter out) {
      out.digest(last).varint(timeMillis).bytes(signature);
    }

    Head head(IpnsName log, long size, Digest root) {
      return Head.claimed(new Head.Statement(log, size, last, root, timeMillis), signature);
    }
  }

  static long size(ByteReader in) throws MalformedException {
    long size = in.varint();
    if (size < 1 || size > Limits.SIZE_MAX) throw new MalformedException("head of size " + size);
    return size;
  }

  private static long time(long millis) throws MalformedException {
    if (millis > Limits.TIME_MILLIS_MAX) throw new MalformedException("time " + millis + " ms");
    return millis;
  }

  /** The header without log, position and previous id, which are known from elsewhere. */
  static void write(ByteWriter out, EntryHeader header) {
    out.u8(header.kind().code()).u8(header.flags()).varint(header.timeMillis());
    if (header.has(Flags.EXPIRING)) out.varint(header.expiryMillis() - header.timeMillis());
    out.u8(header.parents().size());
    for (ParentRef parent : header.parents()) {
      out.varint(parent.alias()).varint(parent.seq());
    }
    out.varint(header.payloadLength()).digest(header.payloadHash());
  }

  static EntryHeader header(IpnsName log, long seq, Digest previous, ByteReader in)
      throws MalformedException {
    EntryKind kind = EntryKind.of(in.u8());
    if ((kind == EntryKind.GENESIS) != (seq == 0)) {
      throw new MalformedException("entry of kind " + kind.word() + " at " + seq);
    }
    int flags = Flags.checked(in.u8());
    long time = time(in.varint());
    long expiry = (flags & Flags.EXPIRING) == 0 ? 0 : expiry(time, in.varint());
    List<ParentRef> parents = parents(in);
    long length = in.varint();
    if (length > Limits.PAYLOAD_BYTES_MAX) {
      throw new MalformedException("payload of " + length + " bytes");
    }
    return new EntryHeader(
        log, seq, kind, previous, time, flags, expiry, parents, (int) length, in.digest());
  }

  private static long expiry(long time, long after) throws MalformedException {
    if (after < 1 || after > Limits.TIME_MILLIS_MAX - time) {
      throw new MalformedException("expiry " + after + " ms after " + time);
    }
    return time + after;
  }

  private static List<ParentRef> parents(ByteReader in) throws MalformedException {
    int count = in.u8();
    if (count > Limits.PARENTS_MAX) throw new MalformedException("entry of " + count + " parents");
    List<ParentRef> parents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long alias = in.varint();
      long seq = in.varint();
      if (alias > Integer.MAX_VALUE || seq > Limits.SEQ_MAX) {
        throw new MalformedException("parent " + seq + " of log number " + alias);
      }
      parents.add(new ParentRef((int) alias, seq));
    }
    return parents;
  }
}
