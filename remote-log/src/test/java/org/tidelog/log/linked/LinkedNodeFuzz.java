package org.tidelog.log.linked;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever block comes: a refusal, or links whose one encoding it is. */
public final class LinkedNodeFuzz {
  private LinkedNodeFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      int links = bytes.length == 0 ? 0 : bytes[0] & 0x1f;
      if (!Arrays.equals(LinkedContent.encodeNode(LinkedContent.parseNode(bytes, links)), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
