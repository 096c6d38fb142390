package org.tidelog.crypto.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes or text come: a refusal, or a peer id that reads back. */
public final class PeerIdFuzz {
  private PeerIdFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      PeerId id = PeerId.parse(new String(bytes, StandardCharsets.ISO_8859_1));
      if (!PeerId.parse(id.text()).equals(id)) throw new AssertionError("another peer id");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
    try {
      if (!Arrays.equals(PeerId.parse(bytes).bytes(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
