package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a layer that failed is left alone, and who is asked first. */
final class LayerLedgerTest {
  private static final String LAYER = "kubo:http://127.0.0.1:5001";
  private static final String OTHER = "gateway:http://127.0.0.1:8080";
  private static final IOException FAILURE = new IOException("it is gone");

  private long now = 1_000_000;
  private final LayerLedger ledger = new LayerLedger(() -> now);

  @Test
  void leavesALayerAloneForLongerAfterEachFailure() {
    for (long pause : List.of(1_000L, 2_000L, 4_000L, 8_000L)) {
      ledger.failed(LAYER, FAILURE, 0);
      now += pause - 1;
      assertThat(ledger.isPaused(LAYER)).isTrue();
      now++;
      assertThat(ledger.isPaused(LAYER)).isFalse();
    }
    ledger.succeeded(LAYER, 0, 0, 0);
    ledger.failed(LAYER, FAILURE, 0);
    now += 1_000;
    assertThat(ledger.isPaused(LAYER)).isFalse();
  }

  @Test
  void takesRequestsThatFailTogetherForOneFailure() {
    for (int i = 0; i < 8; i++) {
      ledger.failed(LAYER, FAILURE, Duration.ofSeconds(1).toNanos());
    }

    assertThat(ledger.of(LAYER).failures()).isEqualTo(8);
    assertThat(ledger.of(LAYER).failuresInARow()).isEqualTo(1);
    now += 2_000; // Twice what they took.
    assertThat(ledger.isPaused(LAYER)).isFalse();
  }

  @Test
  void leavesWhatFailsSlowlyAloneForLonger() {
    ledger.failed(LAYER, FAILURE, Duration.ofSeconds(30).toNanos());

    now += 59_000;
    assertThat(ledger.isPaused(LAYER)).isTrue();
    now += 1_000;
    assertThat(ledger.isPaused(LAYER)).isFalse();
  }

  @Test
  void leavesNoLayerAloneForLongBecauseTheClockWasWrong() throws Exception {
    ledger.failed(LAYER, FAILURE, 0);
    now -= Duration.ofDays(365).toMillis();
    assertThat(ledger.isPaused(LAYER)).isFalse();
  }

  @Test
  void asksWhoWasOvertakenAfterWhoOvertookAlsoInALaterProcess() throws Exception {
    ledger.outrun(LAYER);
    LayerLedger later = new LayerLedger(() -> now);
    later.load(ledger.encode());

    assertThat(later.isPaused(LAYER)).isFalse();
    assertThat(later.ranked(layers(LAYER, OTHER))).isEqualTo(layers(OTHER, LAYER));
    later.succeeded(LAYER, 0, 0, 0);
    assertThat(later.ranked(layers(LAYER, OTHER))).isEqualTo(layers(LAYER, OTHER));
  }

  @Test
  void remembersWordsThatNoTextCanHold() throws Exception {
    ledger.failed(LAYER, new IOException("\ud800" + "x".repeat(198) + "\ud83d\ude00"), 0);
    LayerLedger later = new LayerLedger(() -> now);
    later.load(ledger.encode());

    assertThat(later.of(LAYER).lastFailure()).isEqualTo("?" + "x".repeat(198));
  }

  private static List<Layer> layers(String... names) {
    List<Layer> layers = new ArrayList<>();
    for (String name : names) {
      layers.add(
          new Layer(name, Optional.empty(), Optional.empty(), Optional.empty(), false, true));
    }
    return layers;
  }
}
