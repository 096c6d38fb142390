package org.tidelog.log.control;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever payload comes: a refusal, or a deletion whose one encoding it is. */
public final class DeletionFuzz {
  private DeletionFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      if (!Arrays.equals(Deletion.encode(Deletion.parse(bytes)), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
