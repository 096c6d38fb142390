package org.tidelog.log.control;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever payload comes: a refusal, or names whose one encoding it is. */
public final class AliasesFuzz {
  private AliasesFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      if (!Arrays.equals(Aliases.encode(Aliases.parse(bytes)), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
