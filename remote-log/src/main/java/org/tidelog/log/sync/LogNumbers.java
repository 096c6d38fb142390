package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Short numbers for logs within a session. A log is named in full once; from then on both may name
 * it by the order in which its namer did: {@code 0} and the key, {@code 1 + 2n} the writer's n-th,
 * {@code 2 + 2n} the reader's n-th.
 */
final class LogNumbers {
  /** Later ones are named in full each time. */
  static final int NUMBERED_MAX = 1 << 17;

  private final Map<IpnsName, Integer> ours = new HashMap<>();
  private int named;
  private final List<IpnsName> theirs = new ArrayList<>();
  private final List<IpnsName> own = new ArrayList<>();

  void write(ByteWriter out, IpnsName log) {
    Integer number = ours.get(log);
    if (number != null) {
      out.varint(number);
      return;
    }
    out.varint(0).bytes(log.key());
    if (named == NUMBERED_MAX) return;
    ours.put(log, 1 + 2 * named++);
    own.add(log);
  }

  IpnsName read(ByteReader in) throws MalformedException {
    long number = in.varint();
    if (number == 0) {
      IpnsName log = IpnsName.parse(in.bytes(IpnsName.KEY_BYTES));
      if (theirs.size() == NUMBERED_MAX) return log;
      ours.putIfAbsent(log, 2 + 2 * theirs.size());
      theirs.add(log);
      return log;
    }
    List<IpnsName> table = (number & 1) == 1 ? theirs : own;
    long at = (number - 1) / 2;
    if (at >= table.size()) throw new MalformedException("log number " + number);
    return table.get((int) at);
  }
}
