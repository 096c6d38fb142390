package org.tidelog.node.backup;

import java.io.IOException;

/** There is more of something than a backup holds: what could not be restored is no backup. */
public final class TooManyException extends IOException {
  private static final long serialVersionUID = 1L;

  TooManyException(int max, String what) {
    super("a backup holds at most " + max + " " + what);
  }
}
