package org.tidelog.log.entry;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or ranges whose one encoding they are. */
public final class SeqRangesFuzz {
  private SeqRangesFuzz() {}

  private static final int RANGES_MAX = 4_096;

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      SeqRanges ranges = SeqRanges.parse(bytes, RANGES_MAX);
      if (!Arrays.equals(ranges.encode(), bytes)) throw new AssertionError("a second encoding");
      if (!SeqRanges.of(ranges.ranges()).equals(ranges)) throw new AssertionError("not merged");
      if (ranges.missingBelow(Limits.SIZE_MAX).count() + ranges.count() != Limits.SIZE_MAX) {
        throw new AssertionError("does not add up");
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
