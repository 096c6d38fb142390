package org.tidelog.log.control;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever payload comes: a refusal, or a genesis whose one encoding it is. */
public final class GenesisFuzz {
  private GenesisFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Genesis genesis = Genesis.parse(bytes);
      if (!Arrays.equals(genesis.encode(), bytes)) throw new AssertionError("a second encoding");
      if (!genesis.open()) return;
      byte[] statement = genesis.statement();
      if (!Arrays.equals(genesis.statementIn(genesis.topic()).get().encode(), statement)) {
        throw new AssertionError("a second encoding of a statement");
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
