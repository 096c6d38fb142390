package org.tidelog.node;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whatever line of a topic index comes: nothing, or lines whose one encoding it is. */
public final class TopicIndexFuzz {
  private TopicIndexFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    List<TopicIndex.Line> lines = TopicIndex.read(Optional.of(bytes));
    if (!lines.isEmpty() && !Arrays.equals(TopicIndex.encode(lines), bytes)) {
      throw new AssertionError("a second encoding");
    }
  }
}
