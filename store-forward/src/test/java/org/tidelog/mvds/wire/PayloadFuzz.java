package org.tidelog.mvds.wire;

import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or a payload that both numberings carry. */
public final class PayloadFuzz {
  private PayloadFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Payload payload;
    try {
      payload = PayloadReader.decode(bytes);
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
    for (Numbering numbering : Numbering.values()) {
      byte[] written = new PayloadWriter(numbering).encode(payload);
      try {
        if (!PayloadReader.decode(written).equals(payload))
          throw new AssertionError("not the same");
      } catch (MalformedException e) {
        throw new AssertionError("what was read is not read again", e);
      }
    }
  }
}
