package org.tidelog.log.control;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

/**
 * The payload of a delete entry: positions of this log whose payloads are to go, as ascending gaps and lengths. In clear even in a private topic, so that
 * helpers who cannot read can still drop what was deleted.
 */
public final class Deletion {
  public static final int RANGES_MAX = 4096;

  private Deletion() {}

  public static byte[] encode(SeqRanges gone) {
    if (gone.isEmpty() || gone.ranges().size() > RANGES_MAX) {
      throw new IllegalArgumentException("ranges: " + gone.ranges().size());
    }
    ByteWriter out = new ByteWriter();
    long at = 0;
    for (SeqRange range : gone.ranges()) {
      out.varint(range.from() - at).varint(range.length());
      at = range.to();
    }
    return out.toByteArray();
  }

  public static SeqRanges parse(byte[] payload) throws MalformedException {
    ByteReader in = new ByteReader(payload);
    List<SeqRange> ranges = new ArrayList<>();
    long at = 0;
    while (in.remaining() > 0) {
      long gap = in.varint();
      long length = in.varint();
      if (length == 0 || gap > Limits.SEQ_MAX - at || length > Limits.SEQ_MAX - at - gap) {
        throw new MalformedException("deletion of " + length + " entries after " + at);
      }
      if (gap == 0 && at > 0) throw new MalformedException("deletion in adjacent ranges at " + at);
      ranges.add(new SeqRange(at + gap, at + gap + length));
      at += gap + length;
      if (ranges.size() > RANGES_MAX) throw new MalformedException("deletion of too many ranges");
    }
    if (ranges.isEmpty()) throw new MalformedException("deletion of nothing");
    return SeqRanges.of(ranges);
  }
}
