package org.tidelog.crypto.cbor;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or a value whose one encoding they are. */
public final class DagCborFuzz {
  private DagCborFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Cbor value = DagCbor.decode(bytes);
      if (!Arrays.equals(DagCbor.encode(value), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
