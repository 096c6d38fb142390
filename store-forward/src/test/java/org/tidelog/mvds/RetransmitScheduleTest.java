package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetransmitScheduleTest {
  /** Epochs between one sending and the next. */
  private static int[] delays(RetransmitSchedule schedule, int count) {
    return IntStream.rangeClosed(1, count)
        .map(sent -> (int) (schedule.nextSendEpoch(sent, 1_000) - 1_000))
        .toArray();
  }

  @Test
  void waitsAlwaysOrEverLonger() {
    assertThat(delays(RetransmitSchedule.constant(3), 4)).containsExactly(3, 3, 3, 3);
    assertThat(delays(RetransmitSchedule.linear(5), 4)).containsExactly(5, 10, 15, 20);
    assertThat(delays(RetransmitSchedule.head(), 4)).containsExactly(2, 4, 6, 8);
  }

  @Test
  void doublesUpToItsBoundAndFallsBack() {
    assertThat(delays(RetransmitSchedule.exponential(1, 8, 2), 10))
        .containsExactly(1, 2, 4, 8, 2, 4, 8, 2, 4, 8);
    assertThat(delays(RetransmitSchedule.exponential(3, 10, 10), 6))
        .containsExactly(3, 6, 10, 10, 10, 10);
    assertThat(delays(RetransmitSchedule.exponential(7, 7, 1), 6))
        .containsExactly(7, 1, 2, 4, 7, 1);
    int largest = 1 << 30;
    assertThat(RetransmitSchedule.exponential(largest - 1, largest, 1).nextSendEpoch(2, 0))
        .isEqualTo(largest);
    assertThat(RetransmitSchedule.exponential(1, 64, 8).nextSendEpoch(Integer.MAX_VALUE, 0))
        .isBetween(8L, 64L);
  }

  @Test
  void neverStandsStill() {
    assertThatThrownBy(() -> RetransmitSchedule.constant(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RetransmitSchedule.linear(0))
        .isInstanceOf(IllegalArgumentException.class);
    int[][] odd = {{0, 1, 1}, {2, 1, 1}, {1, 2, 0}, {1, 2, 3}};
    for (int[] arguments : odd) {
      assertThatThrownBy(
              () -> RetransmitSchedule.exponential(arguments[0], arguments[1], arguments[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
