package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or numbers whose one encoding they are. */
public final class VarintFuzz {
  private VarintFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    ByteWriter out = new ByteWriter();
    try {
      while (in.remaining() > 0) {
        if (out.size() % 2 == 0) {
          out.varint(in.varint());
        } else {
          out.zigzag(in.zigzag());
        }
      }
    } catch (MalformedException e) {
      // What came before it counts.
    }
    if (!Arrays.equals(out.toByteArray(), Arrays.copyOf(bytes, out.size()))) {
      throw new AssertionError("a second encoding");
    }
  }
}
