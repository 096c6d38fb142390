package org.tidelog.crypto.multiformats;

import java.nio.charset.StandardCharsets;
import org.tidelog.crypto.MalformedException;

/** Whatever text comes: a refusal, or a CID with one text in each base. */
public final class CidTextFuzz {
  private CidTextFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      Cid cid = Cid.parse(text);
      for (Multibase.Base base : Multibase.Base.values()) {
        if (base.prefix() == text.charAt(0) && !cid.text(base).equals(text)) {
          throw new AssertionError("a second text");
        }
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
