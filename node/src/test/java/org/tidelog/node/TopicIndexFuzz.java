package org.tidelog.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;

/** Whatever line of a topic index comes: it adds bounded hints, or nothing. */
public final class TopicIndexFuzz {
  private TopicIndexFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Map<IpnsName, Optional<byte[]>> hints = new LinkedHashMap<>();
    TopicIndex.read(Optional.of(bytes), hints);
    if (hints.size() * 34L > bytes.length) throw new AssertionError("more than was said");
  }
}
