package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;

/**
 * Vac's model by this machine comes to what can be calculated: two nodes, one message, a payload
 * arrives with probability p, one try an epoch.
 *
 * <p>Everybody sends before anybody receives, so a sender's record goes out once more while its
 * answer is under way: one message beyond the 1/p² that it takes to get an ack through, and p acks
 * for it.
 */
final class ClosedFormsTest {
  private static final int RUNS = 1_000;
  private static final MvdsSettings SPEC =
      MvdsSettings.spec().withSchedule(RetransmitSchedule.constant(1));

  /** Values of one quantity over all runs. */
  private static final class Sample {
    private double sum;
    private double squares;

    void add(double value) {
      sum += value;
      squares += value * value;
    }

    double mean() {
      return sum / RUNS;
    }

    void agreesWith(String name, double expected) {
      double variance = (squares - sum * sum / RUNS) / (RUNS - 1);
      assertThat(mean()).as(name).isCloseTo(expected, within(3 * Math.sqrt(variance / RUNS)));
    }
  }

  private static final class Counts {
    final Sample offers = new Sample();
    final Sample requests = new Sample();
    final Sample messages = new Sample();
    final Sample acks = new Sample();
    final Sample receipt = new Sample();
    final Sample ratio = new Sample();
  }

  private static Counts run(MvdsSettings settings, Mode mode, double p) {
    Counts counts = new Counts();
    for (int run = 0; run < RUNS; run++) {
      VacModel model = new VacModel(2, settings, mode, p, 31 * run + 7);
      Message message = model.write(256);
      model.untilQuiet();
      assertThat(model.deliveries).isEqualTo(1);
      counts.offers.add(model.sent.offers);
      counts.requests.add(model.sent.requests);
      counts.messages.add(model.sent.messages);
      counts.acks.add(model.sent.acks);
      counts.receipt.add(model.lastDelivery);
      counts.ratio.add((double) model.sent.bytes / VacModel.bytes(message, settings.numbering()));
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.2, 0.5})
  void batchModeTakesOnePerSquare(double p) {
    Counts counts = run(SPEC, Mode.BATCH, p);

    assertThat(counts.offers.mean()).isZero();
    assertThat(counts.requests.mean()).isZero();
    counts.messages.agreesWith("messages", 1 / (p * p) + 1);
    counts.acks.agreesWith("acks", 1 / p + p);
    counts.receipt.agreesWith("receipt", 1 / p);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.2, 0.5})
  void interactiveModeAddsStagesAndDoesNotMultiplyThem(double p) {
    Counts counts = run(SPEC, Mode.INTERACTIVE, p);

    counts.offers.agreesWith("offers", 2 / p);
    counts.requests.agreesWith("requests", 2 / p);
    counts.messages.agreesWith("messages", 1 / (p * p) + 1);
    counts.acks.agreesWith("acks", 1 / p + p);
    counts.receipt.agreesWith("receipt", 3 / p);
  }

  /** Times of sending are 1 + k(k-1): the mean latency of a stage is 1 + 2(1-p)/p². */
  @Test
  void backingOffChangesTheLatencyAndNotTheCounts() {
    double p = 0.1;
    Counts counts = run(SPEC.withSchedule(RetransmitSchedule.head()), Mode.BATCH, p);

    counts.receipt.agreesWith("receipt", 1 + 2 * (1 - p) / (p * p));
    // An answer is back before the next try, save for the first ones.
    counts.messages.agreesWith("messages", 1 / (p * p));
  }

  /** What a port of the Go implementation was measured to send, in multiples of one message. */
  @Test
  void theHeadDialectSendsWhatTheGoImplementationWasSeenToSend() {
    Counts own = run(MvdsSettings.head(), Mode.INTERACTIVE, 0.1);
    Counts constant =
        run(
            MvdsSettings.head().withSchedule(RetransmitSchedule.constant(1)),
            Mode.INTERACTIVE,
            0.1);

    assertThat(own.ratio.mean()).isCloseTo(120, within(6.0));
    assertThat(own.receipt.mean()).isCloseTo(363, within(20.0));
    assertThat(own.offers.mean()).isCloseTo(80, within(4.0));
    assertThat(constant.ratio.mean()).isCloseTo(437, within(30.0));
    assertThat(constant.offers.mean()).isCloseTo(122, within(6.0));
  }

  /** Half an hour of a message every five seconds: 3,883 was measured of a port of the Go code. */
  @Test
  void threeNodesOfTheHeadDialectRaiseAStorm() {
    MvdsSettings head = MvdsSettings.head();
    double spec = amplificationOfThree(head.withDialect(Dialect.SPEC));
    double storm = amplificationOfThree(head);
    double calm =
        amplificationOfThree(
            head.withDialect(Dialect.HEAD.without(Divergence.DUPLICATE_MESSAGE_FORWARDED)));

    assertThat(storm).isBetween(3_000.0, 6_000.0);
    assertThat(storm / spec).isGreaterThan(100);
    assertThat(calm).isLessThan(2 * spec);
  }

  private static double amplificationOfThree(MvdsSettings settings) {
    VacModel model = new VacModel(3, settings, Mode.BATCH, 0.1, 5);
    long written = 0;
    for (int epoch = 0; epoch < 1_800; epoch++) {
      if (epoch % 5 == 0) written += VacModel.bytes(model.write(256), settings.numbering());
      model.step();
    }
    return (double) model.sent.bytes / (2 * written);
  }
}
