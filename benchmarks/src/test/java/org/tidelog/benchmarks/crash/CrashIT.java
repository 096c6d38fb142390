package org.tidelog.benchmarks.crash;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A few kills of each kind; {@code benchmarks/crash.sh} does as many as one likes. */
final class CrashIT {
  private static final int KILLS = 60;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
    System.out.print(Crashes.run(folder, System.nanoTime() & 0xffff_ffffL, KILLS, line -> {}));
  }
}
