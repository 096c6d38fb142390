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

  /** One that found something once; the command draws another each time. */
  private static final long SEED = 2_139_937_239L;

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noticesAFlippedBitOrIsNotHarmedByIt() throws Exception {
    Flips.Result result = Flips.run(folder, SEED, FLIPS);

    assertThat(result.failures()).as(result.table()).isEmpty();
  }
}
