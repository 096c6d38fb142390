package org.tidelog.log.sync;

import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * What comes for a want: entries {@code [from, to)}. Those wanted below {@code from} are not there,
 * and none at all where the range is empty.
 *
 * @param bytes that the slices will take: exact for one slice, estimated by the newest for more
 */
record Offer(long request, long from, long to, long bytes) {
  void write(ByteWriter out) {
    out.varint(request).varint(from).varint(to - from).varint(bytes);
  }

  static Offer read(ByteReader in) throws MalformedException {
    long request = in.varint();
    long from = Wire.position(in);
    long length = Wire.position(in);
    long bytes = in.varint();
    in.end();
    return new Offer(request, from, from + length, bytes);
  }
}
