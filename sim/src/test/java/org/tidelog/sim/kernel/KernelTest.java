package org.tidelog.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

final class KernelTest {
  @Test
  void firesInOrderOfTimeThenOfScheduling() {
    EventQueue queue = new EventQueue();
    Chance chance = Chance.of(1, "times", 0);
    List<long[]> fired = new ArrayList<>();

    for (int i = 0; i < 5_000; i++) {
      int number = i;
      queue.schedule(
          chance.below(500), unused -> fired.add(new long[] {queue.nowMicros(), number}), 0);
    }
    while (queue.fireNext()) {
      // Until it is empty.
    }

    assertThat(fired).hasSize(5_000);
    for (int i = 1; i < fired.size(); i++) {
      long[] a = fired.get(i - 1);
      long[] b = fired.get(i);
      assertThat(a[0] < b[0] || (a[0] == b[0] && a[1] < b[1])).isTrue();
    }
  }

  @Test
  void whatIsLateHappensNow() {
    EventQueue queue = new EventQueue();
    List<Long> times = new ArrayList<>();
    queue.schedule(10, unused -> queue.schedule(3, again -> times.add(queue.nowMicros()), 0), 0);

    queue.fireNext();
    queue.fireNext();

    assertThat(times).containsExactly(10L);
  }

  @Test
  void streamsDependOnSeedNameAndIndexAlone() {
    assertThat(Chance.of(1, "a", 0).nextLong()).isEqualTo(Chance.of(1, "a", 0).nextLong());
    assertThat(
            List.of(
                Chance.of(1, "a", 0).nextLong(),
                Chance.of(2, "a", 0).nextLong(),
                Chance.of(1, "b", 0).nextLong(),
                Chance.of(1, "a", 1).nextLong()))
        .doesNotHaveDuplicates();
  }

  @Test
  void distributionsHaveTheirMeans() {
    Chance chance = Chance.of(42, "means", 0);

    assertThat(mean(chance::uniform)).isCloseTo(0.5, within(0.005));
    assertThat(mean(chance::gaussian)).isCloseTo(0, within(0.01));
    assertThat(mean(() -> chance.exponential(3))).isCloseTo(3, within(0.03));
    assertThat(mean(() -> chance.logNormal(91.7, 1))).isCloseTo(91.7, within(1.5));
    // 169.5 times the gamma function of 1 + 1 / 0.615.
    assertThat(mean(() -> chance.weibull(169.5385, 0.61511))).isCloseTo(247, within(4.0));
    assertThat(mean(() -> chance.geometric(0.1))).isCloseTo(10, within(0.1));
    assertThat(mean(() -> chance.happens(0.2) ? 1 : 0)).isCloseTo(0.2, within(0.005));
  }

  private static double mean(DoubleSupplier draw) {
    double sum = 0;
    for (int i = 0; i < 200_000; i++) {
      sum += draw.getAsDouble();
    }
    return sum / 200_000;
  }
}
