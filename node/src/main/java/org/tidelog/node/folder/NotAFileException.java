package org.tidelog.node.folder;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder, a pipe, a device or a link that leads nowhere is where a file belongs; nothing of it
 * was read.
 */
public final class NotAFileException extends IOException {
  private static final long serialVersionUID = 1L;

  NotAFileException(Path file) {
    super(file + ": it is not a regular file");
  }
}
