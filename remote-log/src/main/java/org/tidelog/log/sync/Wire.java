package org.tidelog.log.sync;

import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;

/** What several frames have in common. */
final class Wire {
  private Wire() {}

  /** The number of a topic that both proved. */
  static int topic(ByteReader in, int topics) throws MalformedException {
    long topic = in.varint();
    if (topic >= topics) throw new MalformedException("topic number " + topic);
    return (int) topic;
  }

  /** A position or size up to the largest. */
  static long position(ByteReader in) throws MalformedException {
    long position = in.varint();
    if (position > Limits.SIZE_MAX) throw new MalformedException("position " + position);
    return position;
  }

  static int flags(ByteReader in, int known) throws MalformedException {
    int flags = in.u8();
    if ((flags & ~known) != 0) throw new MalformedException("flags " + flags);
    return flags;
  }

  /** Eight bytes of any value. */
  static void long64(ByteWriter out, long value) {
    out.u32(value >>> Integer.SIZE).u32(value & 0xffff_ffffL);
  }

  static long long64(ByteReader in) throws MalformedException {
    return in.u32() << Integer.SIZE | in.u32();
  }
}
