package org.tidelog.crypto.multiformats;

import java.nio.charset.StandardCharsets;
import org.tidelog.crypto.MalformedException;

/** Whatever text comes: a refusal, or bytes with one text in each base. */
public final class MultibaseFuzz {
  private MultibaseFuzz() {}

  private static final int WRITTEN_BYTES_MAX = 256;

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      byte[] decoded = Multibase.decode(text);
      // The bases of quadratic cost read a little more than they write.
      if (decoded.length > WRITTEN_BYTES_MAX) return;
      for (Multibase.Base base : Multibase.Base.values()) {
        if (base.prefix() == text.charAt(0) && !Multibase.encode(base, decoded).equals(text)) {
          throw new AssertionError("a second text");
        }
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
