package org.tidelog.log.linked;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or a description whose one encoding they are. */
public final class LinkedContentFuzz {
  private LinkedContentFuzz() {}

  private static final int LEVELS_MAX = 4;

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      LinkedContent content = LinkedContent.parse(bytes);
      if (!Arrays.equals(content.encode(), bytes)) throw new AssertionError("a second encoding");
      if (content.levels() > LEVELS_MAX) throw new AssertionError("deeper than there is need");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
