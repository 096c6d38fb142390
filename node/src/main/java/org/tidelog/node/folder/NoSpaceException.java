package org.tidelog.node.folder;

import java.io.IOException;

/** A file could not be written because the device, or the user's share of it, is full. */
public final class NoSpaceException extends IOException {
  private static final long serialVersionUID = 1L;

  NoSpaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
