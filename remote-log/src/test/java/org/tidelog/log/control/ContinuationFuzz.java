package org.tidelog.log.control;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever payload comes: a refusal, or a continuation whose one encoding it is. */
public final class ContinuationFuzz {
  private ContinuationFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      if (!Arrays.equals(Continuation.parse(bytes).encode(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
