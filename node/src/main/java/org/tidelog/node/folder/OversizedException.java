package org.tidelog.node.folder;

import java.io.IOException;

/** A file is larger than anything that belongs in its place; nothing of it was read. */
public final class OversizedException extends IOException {
  private static final long serialVersionUID = 1L;

  OversizedException(String message) {
    super(message);
  }
}
