package org.tidelog.log.control;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;

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

  /** What a delete entry names, wherever it stands. */
  public static SeqRanges parse(byte[] payload) throws MalformedException {
    SeqRanges gone = SeqRanges.parse(payload, RANGES_MAX);
    if (gone.isEmpty()) throw new MalformedException("deletion of nothing");
    return gone;
  }

  /**
   * What a delete entry at a position names.
   *
   * @param seq the position of the entry itself: it names none at or after it
   */
  public static SeqRanges parse(byte[] payload, long seq) throws MalformedException {
    SeqRanges gone = parse(payload);
    if (gone.end() > seq) {
      throw new MalformedException("deletion at " + seq + " of entries up to " + gone.end());
    }
    return gone;
  }

  /** What the delete entries of a slice name. Malformed ones name nothing. */
  public static SeqRanges named(Slice slice) {
    List<SeqRange> named = new ArrayList<>();
    slice
        .payloads(EntryKind.DELETE)
        .forEach(
            (seq, payload) -> {
              try {
                named.addAll(parse(payload, seq).ranges());
              } catch (MalformedException e) {
                return; // Whoever learns from entries tells of it.
              }
            });
    return SeqRanges.of(named);
  }
}
