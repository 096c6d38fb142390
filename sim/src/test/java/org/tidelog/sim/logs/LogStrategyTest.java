package org.tidelog.sim.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.log.page.PageLimits;
import org.tidelog.replicator.Policy;
import org.tidelog.sim.availability.AvailabilityOptions;
import org.tidelog.sim.availability.ModelledAvailability;
import org.tidelog.sim.availability.Profile;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.Nat;
import org.tidelog.sim.network.Role;
import org.tidelog.sim.world.Counter;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.HostOptions;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Topic;
import org.tidelog.sim.world.World;
import org.tidelog.sim.world.WorldOptions;

final class LogStrategyTest {
  private static final int PAYLOAD_BYTES = 256;

  /** A group in which everybody writes in turn, an hour apart. */
  private static World run(
      Paths paths, LogOptions options, Profile profile, int devices, int messages) {
    World world = new World(WorldOptions.REAL, 7);
    AvailabilityOptions availability = AvailabilityOptions.of(profile).withUptime(0.2);
    ModelledAvailability model = new ModelledAvailability(availability, 7);
    LogStrategy strategy = new LogStrategy(paths, options, devices);
    HostOptions host = new HostOptions(Role.DEVICE, Link.WIFI, Link.WIFI, Nat.OPEN, 0);
    List<Device> all = new ArrayList<>();
    for (int i = 0; i < devices; i++) all.add(world.add(host, model.of(i)));
    ModelledAvailability always =
        new ModelledAvailability(AvailabilityOptions.of(Profile.ALWAYS), 0);
    for (int i = 0; i < strategy.helpers(); i++) {
      all.add(world.add(HostOptions.helper(), always.of(i)));
    }
    Topic topic = new Topic(0, IntStream.range(0, devices).boxed().toList());
    for (Device device : all) world.enter(device, strategy.actor(device, List.of(topic)));
    for (int i = 0; i < messages; i++) {
      world.runUntil(TimeUnit.HOURS.toMillis(i) + 1);
      long now = world.nowMillis();
      world.write(new Message(i, topic, i % devices, now, PAYLOAD_BYTES, 7));
    }
    assertThat(world.runUntilQuiet(TimeUnit.DAYS.toMillis(60))).isTrue();
    world.drain();
    return world;
  }

  private static LogOptions options(boolean sealed, boolean real) {
    return new LogOptions(
        Policy.Dialling.WHEN_NEEDED, 8, 2_000, 3_000, PageLimits.DEFAULT, sealed, real);
  }

  @ParameterizedTest
  @CsvSource({
    "PEERS, ALWAYS, 2", "PEERS, EXPONENTIAL, 2", "PEERS, EXPONENTIAL, 6",
    "REMOTE_LOG, ALWAYS, 2", "REMOTE_LOG, EXPONENTIAL, 2", "REMOTE_LOG, EXPONENTIAL, 6",
    "ALL, ALWAYS, 3", "ALL, EXPONENTIAL, 2", "ALL, EXPONENTIAL, 6"
  })
  void bringsEveryMessageToEverybodyOnce(Paths paths, Profile profile, int devices) {
    World world = run(paths, options(true, false), profile, devices, 40);

    assertThat(world.deliveries().delivered()).isEqualTo(40L * (devices - 1));
    assertThat(world.deliveries().repeated()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PEERS", "ALL"})
  void sendsAPayloadToTheOtherHardlyMoreThanOnce(Paths paths) {
    World world = run(paths, options(true, false), Profile.EXPONENTIAL, 2, 60);

    double copies = (double) world.count(Counter.SENDS) / world.deliveries().delivered();
    assertThat(copies).isBetween(0.0, 1.05);
  }

  @Test
  void countsTheSameBytesWithSignaturesAndWithTheirStandIn() {
    World standIn = run(Paths.ALL, options(true, false), Profile.EXPONENTIAL, 3, 20);
    World real = run(Paths.ALL, options(true, true), Profile.EXPONENTIAL, 3, 20);

    for (Layer layer : Layer.values()) {
      assertThat(real.ledger().sent(layer))
          .as(layer.word())
          .isEqualTo(standIn.ledger().sent(layer));
    }
  }

  @Test
  void addsTwentyBytesAnEntryForSealing() {
    World open = run(Paths.PEERS, options(false, false), Profile.ALWAYS, 2, 40);
    World sealed = run(Paths.PEERS, options(true, false), Profile.ALWAYS, 2, 40);

    assertThat(sealed.ledger().sent(Layer.PAYLOAD)).isEqualTo(open.ledger().sent(Layer.PAYLOAD));
    assertThat(sealed.ledger().sent(Layer.ENTRY) - open.ledger().sent(Layer.ENTRY))
        .isBetween(40L * 16, 40L * 20 + 200);
  }
}
