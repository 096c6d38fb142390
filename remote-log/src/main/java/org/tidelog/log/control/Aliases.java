package org.tidelog.log.control;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * The payload of an alias entry: names of other logs, which take the next free numbers of this log
 * in order. Keys one after the other and nothing else, 32 bytes each.
 */
public final class Aliases {
  /** So that an entry stays far below a slice's bounds. */
  public static final int NAMES_MAX = 1024;

  /** All numbers of one log: a bound on what a reader keeps for it. */
  public static final int NUMBERS_MAX = 1 << 16;

  private static final int KEY_BYTES = 32;

  private Aliases() {}

  public static byte[] encode(List<IpnsName> names) {
    if (names.isEmpty() || names.size() > NAMES_MAX) {
      throw new IllegalArgumentException("names: " + names.size());
    }
    ByteWriter out = new ByteWriter();
    names.forEach(name -> out.bytes(name.key()));
    return out.toByteArray();
  }

  public static List<IpnsName> parse(byte[] payload) throws MalformedException {
    int count = payload.length / KEY_BYTES;
    if (count == 0 || count > NAMES_MAX || payload.length % KEY_BYTES != 0) {
      throw new MalformedException("alias entry of " + payload.length + " bytes");
    }
    ByteReader in = new ByteReader(payload);
    List<IpnsName> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(IpnsName.parse(in.bytes(KEY_BYTES)));
    }
    return names;
  }
}
