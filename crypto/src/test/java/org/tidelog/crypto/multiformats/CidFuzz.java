package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or a CID whose one encoding they are. */
public final class CidFuzz {
  private CidFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Cid cid = Cid.parse(bytes);
      if (!Arrays.equals(cid.bytes(), bytes)) throw new AssertionError("a second encoding");
      if (!Cid.parse(cid.text()).equals(cid)) throw new AssertionError("text of another CID");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
