package org.tidelog.log.sync;

import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Asks for entries {@code [low, to)} of a log, newest first; {@code to} is 0 for the newest that
 * there are.
 *
 * @param request its number among the requests of who asks
 * @param base how many entries the head has that is held there, 0 for none: what comes has to
 *     continue it
 * @param whole whether all entries below the base are held there
 */
record Want(long request, int topic, IpnsName log, boolean whole, long base, long low, long to) {
  private static final int WHOLE = 1;
  private static final int FILL = 2;

  /** Whether it asks for entries below some that are held. */
  boolean fills() {
    return to > 0;
  }

  void write(ByteWriter out, LogNumbers numbers) {
    out.varint(request).varint(topic);
    numbers.write(out, log);
    out.u8((whole ? WHOLE : 0) | (fills() ? FILL : 0)).varint(low);
    out.varint(fills() ? to - low : low - base);
  }

  static Want read(ByteReader in, LogNumbers numbers, int topics) throws MalformedException {
    long request = in.varint();
    int topic = Wire.topic(in, topics);
    IpnsName log = numbers.read(in);
    int flags = Wire.flags(in, WHOLE | FILL);
    long low = Wire.position(in);
    long more = Wire.position(in);
    in.end();
    boolean whole = (flags & WHOLE) != 0;
    if ((flags & FILL) != 0) {
      if (more == 0) throw new MalformedException("want of nothing");
      return new Want(request, topic, log, whole, 0, low, low + more);
    }
    if (more > low) throw new MalformedException("want from " + low + " behind a later base");
    return new Want(request, topic, log, whole, low - more, low, 0);
  }
}
