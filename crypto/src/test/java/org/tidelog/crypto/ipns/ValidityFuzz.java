package org.tidelog.crypto.ipns;

import java.time.Instant;
import org.tidelog.crypto.MalformedException;

/** Whatever text comes: a refusal, or a time that reads back. */
public final class ValidityFuzz {
  private ValidityFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Instant instant = ValidityText.parse(bytes);
      if (!ValidityText.parse(ValidityText.write(instant)).equals(instant)) {
        throw new AssertionError("another time");
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
