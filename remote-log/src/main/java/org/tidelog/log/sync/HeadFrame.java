package org.tidelog.log.sync;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;

/** A whole head as it is sent where two do not agree; its log stands before it. */
final class HeadFrame {
  private HeadFrame() {}

  static void write(ByteWriter out, Head head) {
    out.varint(head.size()).digest(head.last()).digest(head.root());
    out.varint(head.timeMillis()).bytes(head.signature());
  }

  /** Refuses a head that does not verify. */
  static Head read(ByteReader in, IpnsName log, Verifier verifier) throws MalformedException {
    long size = Wire.position(in);
    Digest last = in.digest();
    Digest root = in.digest();
    long time = in.varint();
    if (size < 1 || time > Limits.TIME_MILLIS_MAX) {
      throw new MalformedException("head of size " + size + " at " + time + " ms");
    }
    Head.Statement statement = new Head.Statement(log, size, last, root, time);
    Head head = Head.claimed(statement, in.bytes(Head.SIGNATURE_BYTES));
    in.end();
    if (!head.verify(verifier)) throw new MalformedException("head that does not verify");
    return head;
  }
}
