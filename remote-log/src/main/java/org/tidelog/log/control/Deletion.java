package org.tidelog.log.control;

import org.tidelog.crypto.MalformedException;
import org.tidelog.log.entry.SeqRanges;

/**
 * The payload of a delete entry: positions of this log whose payloads are to go, as ascending gaps
 * and lengths. In clear even in a private topic, so that helpers who cannot read can still drop
 * what was deleted.
 */
public final class Deletion {
  public static final int RANGES_MAX = 4096;

  private Deletion() {}

  public static byte[] encode(SeqRanges gone) {
    if (gone.isEmpty() || gone.ranges().size() > RANGES_MAX) {
      throw new IllegalArgumentException("ranges: " + gone.ranges().size());
    }
    return gone.encode();
  }

  public static SeqRanges parse(byte[] payload) throws MalformedException {
    SeqRanges gone = SeqRanges.parse(payload, RANGES_MAX);
    if (gone.isEmpty()) throw new MalformedException("deletion of nothing");
    return gone;
  }
}
