package org.tidelog.log.car;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever block describes a file: a refusal, or contents whose one encoding it is. */
public final class CarContentsFuzz {
  private CarContentsFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      if (!Arrays.equals(CarContents.parse(bytes).encode(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
