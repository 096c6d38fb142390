package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.Optional;

/** A place that can be asked, cheaply and without changing anything, whether it works. */
public interface Probe {
  /**
   * It does.
   *
   * @param what speaks there, in words for people
   * @param hint what could be better
   */
  record Answer(String what, Optional<String> hint) {}

  /**
   * Asks.
   *
   * @throws RefusedException if it wants a token, or another one
   */
  Answer probe() throws IOException;
}
