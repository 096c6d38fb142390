package org.tidelog.node;

import java.nio.charset.StandardCharsets;

/** The rules for what a device may call a topic. */
final class Labels {
  private static final int BYTES_MAX = 200;

  private Labels() {}

  static void check(String label) {
    boolean plain =
        label.codePoints().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\');
    boolean fits = label.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
    if (label.trim().isEmpty() || !plain || !fits || label.startsWith("k51")) {
      throw new TidelogException(
          ErrorKind.BAD_NAME,
          "cannot use that as a topic's name: it is empty, begins with k51, is over "
              + BYTES_MAX
              + " bytes, or has slashes or control characters",
          "take a short word, such as family");
    }
  }
}
