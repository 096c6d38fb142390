package org.tidelog.sim.mvds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.mvds.DeliveryOrder;
import org.tidelog.mvds.MvdsSettings;
import org.tidelog.mvds.RetransmitSchedule;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.sim.availability.AvailabilityOptions;
import org.tidelog.sim.availability.ModelledAvailability;
import org.tidelog.sim.availability.Presence;
import org.tidelog.sim.availability.Profile;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.Nat;
import org.tidelog.sim.network.Role;
import org.tidelog.sim.world.Counter;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.HostOptions;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Strategy;
import org.tidelog.sim.world.Topic;
import org.tidelog.sim.world.World;
import org.tidelog.sim.world.WorldOptions;

/**
 * The production machine in the simulator against the formulas of Vac's model: each machine is
 * reached in a slot with probability p, and sends whether or not it is. Every mean is within three
 * of its standard errors; with seeds as they are, which one in a few would have to be chosen again.
 *
 * <p>Records go every second epoch where a formula knows of no answer under way: then what an
 * acknowledgement would have stopped is not sent already.
 */
final class ClosedFormTest {
  private static final long SLOT_MILLIS = 1_000;

  /** One message's outcome, per recipient. */
  private record Outcome(
      double sends,
      double acks,
      double offers,
      double requests,
      double latency,
      double last,
      double sendsWhenDelivered) {}

  @ParameterizedTest
  @CsvSource({
    "0.05, 1", "0.05, 10", "0.05, 100", "0.1, 1", "0.1, 10", "0.1, 100",
    "0.2, 1", "0.2, 10", "0.2, 100", "0.5, 1", "0.5, 10", "0.5, 100"
  })
  void batchSendsUntilAnAckComesBack(double p, int n) {
    List<Outcome> outcomes = outcomes(strategy(Mode.BATCH, 2), Profile.VAC_IID, p, n);

    assertMean(outcomes, Outcome::sends, 1 / (p * p));
    assertMean(outcomes, Outcome::acks, 1 / p);
    assertMean(outcomes, Outcome::latency, 2 / p - 1);
    assertMean(outcomes, Outcome::last, 2 * lastOf(n, p) - 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.2, 0.5})
  void batchInEveryEpochSendsOnceMoreBeforeTheAckIsThere(double p) {
    List<Outcome> outcomes = outcomes(strategy(Mode.BATCH, 1), Profile.VAC_IID, p, 1);

    assertMean(outcomes, Outcome::sends, 1 / (p * p) + 1);
    assertMean(outcomes, Outcome::latency, 1 / p);
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 1", "0.05, 10", "0.05, 100", "0.1, 1", "0.1, 10", "0.1, 100",
    "0.2, 1", "0.2, 10", "0.2, 100", "0.5, 1", "0.5, 10", "0.5, 100"
  })
  void interactiveStagesAddUpInsteadOfMultiplying(double p, int n) {
    List<Outcome> outcomes = outcomes(strategy(Mode.INTERACTIVE, 2), Profile.VAC_IID, p, n);

    // Twice 1/p, less the one that is both the last of a stage and the first of the next.
    assertMean(outcomes, Outcome::offers, 2 / p - 1);
    assertMean(outcomes, Outcome::requests, 2 / p - 1);
    assertMean(outcomes, Outcome::sends, 1 / (p * p));
    assertMean(outcomes, Outcome::acks, 1 / p);
    assertMean(outcomes, Outcome::latency, 3 * (2 / p - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 1", "0.05, 10", "0.05, 100", "0.1, 1", "0.1, 10", "0.1, 100",
    "0.2, 1", "0.2, 10", "0.2, 100", "0.5, 1", "0.5, 10", "0.5, 100"
  })
  void aCacheTakesTwoCopiesAndSparesMostOfTheRest(double p, int n) {
    List<Outcome> outcomes = outcomes(cache(n + 1), Profile.VAC_IID, p, n);

    assertMean(outcomes, Outcome::sends, 2 + untilAcknowledged(p));
    // In the middle of a slot, but at its beginning where a direct send comes at that very time.
    assertMean(outcomes, Outcome::latency, 1 / p + 0.5 - 0.5 * firstAtSend(p));
    if (n == 1) {
      assertMean(outcomes, Outcome::sendsWhenDelivered, untilFetched(p));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05, 1", "0.1, 1", "0.1, 10", "0.1, 100", "0.2, 10", "0.5, 1", "0.5, 100"})
  void whoHasToBeOnlineToSendWaitsLonger(double p, int n) {
    List<Outcome> outcomes = outcomes(strategy(Mode.BATCH, 1), Profile.UNIFORM, p, n);

    assertMean(outcomes, Outcome::latency, 1 / (p * p));
    assertMean(outcomes, Outcome::last, lastOf(n, p) / p);
  }

  @Test
  void theFormulasGiveThePublishedFigures() {
    assertThat(untilFetched(0.1)).isCloseTo(3.35, Offset.offset(0.005));
    assertThat(untilAcknowledged(0.1)).isCloseTo(4.55, Offset.offset(0.005));
    assertThat(lastOf(100, 0.1)).isCloseTo(49.7, Offset.offset(0.1));
  }

  /** Slots until the last of n has had its first hit. */
  private static double lastOf(int n, double p) {
    double sum = 0;
    for (int k = 0; k < 100_000; k++) {
      sum += 1 - Math.pow(1 - Math.pow(1 - p, k), n);
    }
    return sum;
  }

  /** Direct sends in epochs 1, 2, 4, … until the recipient has asked the cache. */
  private static double untilFetched(double p) {
    return IntStream.range(0, 30).mapToDouble(j -> Math.pow(1 - p, (1L << j) - 1)).sum();
  }

  /** The probability that the recipient's first slot is one of 1, 2, 4, …. */
  private static double firstAtSend(double p) {
    return IntStream.range(0, 30).mapToDouble(j -> p * Math.pow(1 - p, (1L << j) - 1)).sum();
  }

  /** The same until the sender has asked it for the acknowledgement. */
  private static double untilAcknowledged(double p) {
    return IntStream.range(0, 30)
        .mapToDouble(
            j -> {
              double m = (1L << j) - 1;
              return Math.pow(1 - p, m) + m * p * Math.pow(1 - p, m - 1);
            })
        .sum();
  }

  private static void assertMean(
      List<Outcome> outcomes, ToDoubleFunction<Outcome> figure, double expected) {
    int count = outcomes.size();
    double mean = outcomes.stream().mapToDouble(figure).average().orElseThrow();
    double squares =
        outcomes.stream().mapToDouble(o -> Math.pow(figure.applyAsDouble(o) - mean, 2)).sum();
    double standardError = Math.sqrt(squares / (count - 1) / count);

    // A test that would believe anything is none.
    assertThat(standardError).isLessThan(0.1 * expected);
    assertThat(Math.abs(mean - expected))
        .as("mean %.3f, expected %.3f, standard error %.3f", mean, expected, standardError)
        .isLessThanOrEqualTo(3 * standardError + 0.003);
  }

  private static List<Outcome> outcomes(Strategy strategy, Profile profile, double p, int n) {
    int runs = n == 1 ? 1_500 : n == 10 ? 300 : 60;
    List<Outcome> outcomes = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      outcomes.add(outcome(strategy, profile, p, n, 9_000 + run));
    }
    return outcomes;
  }

  private static Outcome outcome(Strategy strategy, Profile profile, double p, int n, long seed) {
    World world =
        new World(profile == Profile.VAC_IID ? WorldOptions.BARE.blind() : WorldOptions.BARE, seed);
    AvailabilityOptions options = AvailabilityOptions.of(profile).withUptime(p);
    ModelledAvailability availability = new ModelledAvailability(options, seed);
    HostOptions host = new HostOptions(Role.DEVICE, Link.IDEAL, Link.IDEAL, Nat.OPEN, 0);
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i <= n; i++) {
      devices.add(world.add(host, availability.of(i)));
    }
    for (int i = 0; i < strategy.helpers(); i++) {
      devices.add(world.add(HostOptions.helper(), always()));
    }
    Topic topic = new Topic(0, IntStream.rangeClosed(0, n).boxed().toList());
    for (Device device : devices) {
      world.enter(device, strategy.actor(device, List.of(topic)));
    }
    double[] sendsWhenDelivered = new double[1];
    world.onDelivery(
        (message, device) ->
            // Less what went to the cache, and came from there.
            sendsWhenDelivered[0] =
                world.count(Counter.SENDS) - 1 - (world.ledger().sent(Role.HELPER) > 0 ? 1 : 0));
    world.runUntil(1);
    world.write(new Message(0, topic, 0, 0, 100, seed));

    assertThat(world.runUntilQuiet(Long.MAX_VALUE / 1_000_000)).isTrue();
    world.drain();

    assertThat(world.deliveries().delivered()).isEqualTo(n);
    return new Outcome(
        (double) world.count(Counter.SENDS) / n,
        (double) world.count(Counter.ACKS) / n,
        (double) world.count(Counter.OFFERS) / n,
        (double) world.count(Counter.REQUESTS) / n,
        world.deliveries().latencies().meanSeconds(),
        world.deliveries().latencies().quantileSeconds(1),
        sendsWhenDelivered[0]);
  }

  private static Presence always() {
    return new ModelledAvailability(AvailabilityOptions.of(Profile.ALWAYS), 0).of(0);
  }

  private static Strategy strategy(Mode mode, int interval) {
    return new MvdsStrategy(mode, options(RetransmitSchedule.constant(interval)));
  }

  private static Strategy cache(int devices) {
    return new CacheStrategy(options(RetransmitSchedule.exponential(1, 1 << 30, 1 << 30)), devices);
  }

  private static MvdsOptions options(RetransmitSchedule schedule) {
    MvdsSettings settings =
        MvdsSettings.spec()
            .withOrder(DeliveryOrder.EVENTUAL)
            .withSchedule(schedule)
            .withForwards(false);
    return new MvdsOptions(settings, SLOT_MILLIS, false, SLOT_MILLIS);
  }
}
