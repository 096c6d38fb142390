package org.tidelog.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What {@link InputStream} has on the desktop and not on Android API 26. */
final class Streams {
  private Streams() {}

  /** Up to so many bytes; fewer only at the end of the stream. */
  static byte[] read(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      int count = in.read(bytes, at, length - at);
      if (count < 0) return Arrays.copyOf(bytes, at);
      at += count;
    }
    return bytes;
  }
}
