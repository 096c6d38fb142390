package org.tidelog.log.page;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** Whatever bytes come: a refusal, or an index root whose one encoding they are. */
public final class IndexRootFuzz {
  private IndexRootFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      IndexRoot root = IndexRoot.parse(bytes);
      if (!Arrays.equals(root.encode(), bytes)) throw new AssertionError("a second encoding");
      if (root.frontier().size() != root.size()) throw new AssertionError("another size");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
