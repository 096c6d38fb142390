package org.tidelog.log.fork;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;
import org.tidelog.log.TestLogs;

/** Whatever bytes come: a refusal, or a proof whose one encoding they are. */
public final class ForkProofFuzz {
  private ForkProofFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      ForkProof proof = ForkProof.parse(bytes);
      if (!Arrays.equals(proof.encode(), bytes)) throw new AssertionError("a second encoding");
      if (proof.describe().isEmpty() || proof.heads().isEmpty()) throw new AssertionError("empty");
      proof.problem(TestLogs.VERIFIER);
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
