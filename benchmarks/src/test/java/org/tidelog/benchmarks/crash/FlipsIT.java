package org.tidelog.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sample of the bits of a home and its mirror; {@code benchmarks/flips.sh} takes every byte. */
final class FlipsIT {
  private static final int FLIPS = 250;

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noticesAFlippedBitOrIsNotHarmedByIt() throws Exception {
    long seed = System.nanoTime() & 0xffff_ffffL;

    Flips.Result result = Flips.run(folder, seed, FLIPS);

    assertThat(result.failures()).as("seed " + seed + "\n" + result.table()).isEmpty();
  }
}
