package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;

class SketchTest {
  private static final byte[] KEY = new byte[32];

  private static LogSet logs(long seed, int count, int changed) {
    LogSet set = new LogSet();
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      IpnsName log = IpnsName.of(TestLogs.bytes(random, 32));
      Digest id = Digest.of(TestLogs.bytes(random, 32));
      long size = i < changed ? 2 : 1;
      Head.Statement statement = new Head.Statement(log, size, id, id, 0);
      set.appended(Head.claimed(statement, new byte[Head.SIGNATURE_BYTES]), 0);
    }
    return set;
  }

  private static int symbolsFor(int changed, long seed) {
    Sketch ours = new Sketch(logs(seed, 2_000, 0), KEY);
    Sketch theirs = new Sketch(logs(seed, 2_000, changed), KEY);
    for (int count = 1; ; count++) {
      Optional<Sketch.Difference> found = ours.decode(theirs.symbols(count - 1L, 1));
      if (!found.isPresent()) continue;
      assertThat(found.get().ours()).hasSize(changed);
      assertThat(found.get().theirs()).hasSize(changed);
      Set<IpnsName> revealed = new HashSet<>();
      found.get().theirs().forEach(id -> revealed.add(theirs.log(id).orElseThrow()));
      assertThat(revealed).containsExactlyInAnyOrderElementsOf(found.get().ours());
      return count;
    }
  }

  @Test
  void givesTheDifferenceOfTwoSets() {
    for (int changed : List.of(0, 1, 3, 9, 20)) {
      assertThat(symbolsFor(changed, changed)).isLessThan(2 + 6 * changed);
    }
  }

  @Test
  void takesAboutOneAndAHalfSymbolsForEachItem() {
    int symbols = 0;
    for (int seed = 0; seed < 8; seed++) {
      symbols += symbolsFor(40, seed);
    }
    assertThat(symbols / 8.0 / 80).isBetween(1.2, 1.75);
  }

  @Test
  void decodesNineChangedLogsFromTheFirstSymbols() {
    int enough = 0;
    for (int seed = 0; seed < 40; seed++) {
      if (symbolsFor(8, seed) <= Sketch.SYMBOLS_FIRST) enough++;
    }
    assertThat(enough).isGreaterThan(30);
  }
}
