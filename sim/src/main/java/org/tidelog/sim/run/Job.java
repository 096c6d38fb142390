package org.tidelog.sim.run;

import java.nio.charset.StandardCharsets;
import org.tidelog.crypto.Sha256;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.scenario.Combination;
import org.tidelog.sim.scenario.StrategyKind;

/** One run that is to be made. All strategies of one seed and replicate meet the same chance. */
public record Job(Combination combination, StrategyKind strategy, long seed, int replicate) {

  /** What the run's chance is drawn from. */
  long runSeed() {
    return Chance.of(seed, "replicate", replicate).nextLong();
  }

  /** The same for runs that come out the same, in this version of the program. */
  String key(String version) {
    String text =
        String.join(
            "\n",
            version,
            combination.canonical(),
            strategy.word(),
            Long.toString(seed),
            Integer.toString(replicate));
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
