package org.tidelog.log.vac;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever block comes: a refusal, or a page whose one encoding it is. */
public final class VacPageFuzz {
  private VacPageFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      if (!Arrays.equals(VacPage.parse(bytes).encode(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
