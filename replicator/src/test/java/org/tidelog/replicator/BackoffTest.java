package org.tidelog.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.replicator.memory.MemoryDeviceStore;
import org.tidelog.replicator.values.Values;

final class BackoffTest {
  private final MemoryDeviceStore store = new MemoryDeviceStore();
  private final Values values = new Values(store);
  private final Backoff backoff = new Backoff(values, "path", 1_000, 60_000);

  @Test
  void isDueAtOnceWhereNothingEverFailed() {
    assertThat(backoff.isDue(0)).isTrue();
  }

  @Test
  void doublesFromTheLatencyUpToItsBound() {
    long now = 1_000_000;
    long[] waits = new long[9];
    for (int i = 0; i < waits.length; i++) {
      backoff.failed(now);
      waits[i] = backoff.dueAt(now).orElse(now) - now;
    }

    assertThat(waits)
        .containsExactly(1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000);
  }

  @Test
  void beginsAnewAfterASuccess() {
    backoff.failed(0);
    backoff.failed(0);

    backoff.succeeded();

    assertThat(backoff.isDue(1)).isTrue();
    backoff.failed(1);
    assertThat(backoff.dueAt(1)).hasValue(1_001);
  }

  @Test
  void isKeptInTheStore() {
    backoff.failed(0);
    values.commit(List.of());

    Backoff later = new Backoff(new Values(store), "path", 1_000, 60_000);

    assertThat(later.isDue(999)).isFalse();
    assertThat(later.isDue(1_000)).isTrue();
    assertThat(later.failures()).isEqualTo(1);
  }

  @Test
  void doesNotWaitForATimeThatOnlyAWrongClockCanHaveSet() {
    backoff.failed(1_000_000_000);

    assertThat(backoff.isDue(0)).isTrue();
  }
}
