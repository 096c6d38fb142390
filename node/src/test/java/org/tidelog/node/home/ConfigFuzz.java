package org.tidelog.node.home;

import org.tidelog.crypto.MalformedException;

/** Whatever settings come: a refusal, or settings that read back. */
public final class ConfigFuzz {
  private ConfigFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Config config = Config.parse(bytes);
      if (!Config.parse(config.encode()).equals(config)) throw new AssertionError("other settings");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
