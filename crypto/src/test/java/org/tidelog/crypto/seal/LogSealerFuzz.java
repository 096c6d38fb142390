package org.tidelog.crypto.seal;

import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;

/** Whatever bytes come: they do not open, or are what sealing gives again. */
public final class LogSealerFuzz {
  private LogSealerFuzz() {}

  private static final LogSealer SEALER =
      new LogSealer(EpochKey.of(new byte[EpochKey.LENGTH]), IpnsName.of(new byte[32]));

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Optional<byte[]> opened = SEALER.open(1, bytes);
      if (!opened.isPresent()) return;
      if (!Arrays.equals(SEALER.seal(1, LogSealer.epochOf(bytes), opened.get()), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
