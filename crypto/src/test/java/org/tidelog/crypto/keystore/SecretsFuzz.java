package org.tidelog.crypto.keystore;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes are inside the seals: a refusal, or secrets whose one encoding they are. */
public final class SecretsFuzz {
  private SecretsFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      if (!Arrays.equals(Secrets.parse(bytes, true).encode(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
