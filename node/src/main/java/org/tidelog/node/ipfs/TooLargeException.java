package org.tidelog.node.ipfs;

import java.io.IOException;

/** An answer is larger than anything that was asked for; it was not read to its end. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
