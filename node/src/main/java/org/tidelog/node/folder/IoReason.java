package org.tidelog.node.folder;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a file, in words for people: the exceptions of the platform name paths at
 * best.
 */
public final class IoReason {
  /**
   * The platform's words for a full disk may be in the user's language, so room is measured as
   * well: less than this is none.
   */
  private static final long ROOM_BYTES_MIN = 64 * 1024;

  private IoReason() {}

  /** Such as {@code permission denied}; never empty. */
  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) return "permission denied";
    if (e instanceof NoSuchFileException) return "it is not there";
    if (e instanceof NotDirectoryException) return "it is not a folder";
    if (e instanceof FileAlreadyExistsException) return "something else is in its place";
    @Nullable String message = e.getMessage();
    if (e instanceof FileSystemException failure) {
      @Nullable String reason = failure.getReason();
      message = reason == null ? message : reason;
    } else if (e instanceof FileNotFoundException && message != null) {
      // "path (Permission denied)"
      int open = message.lastIndexOf('(');
      if (open >= 0 && message.endsWith(")"))
        message = message.substring(open + 1, message.length() - 1);
    }
    return message == null || message.isEmpty()
        ? e.getClass().getSimpleName()
        : lowerFirst(message);
  }

  private static String lowerFirst(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** The exception to report when writing below a folder failed. */
  public static IOException writing(Path folder, IOException e) {
    String reason = of(e);
    if (isNoSpace(reason) || hasNoRoom(folder)) {
      return new NoSpaceException(folder + ": no space left", e);
    }
    return new IOException(folder + ": " + reason, e);
  }

  private static boolean isNoSpace(String reason) {
    return reason.contains("o space left on device")
        || reason.contains("ile too large") // Over the process's limit, or the file system's.
        || reason.contains("uota exceeded")
        || reason.contains("not enough space on the disk");
  }

  private static boolean hasNoRoom(Path folder) {
    @Nullable File at = folder.toFile();
    while (at != null && !at.exists()) {
      at = at.getParentFile();
    }
    // A total of 0 is what a device without room figures reports.
    return at != null
        && at.getTotalSpace() > 0
        && at.canWrite()
        && at.getUsableSpace() < ROOM_BYTES_MIN;
  }
}
