package org.tidelog.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.availability.Presence;
import org.tidelog.sim.availability.Session;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.Nat;
import org.tidelog.sim.network.Role;

final class WorldTest {
  private static final Parcel HELLO =
      Parcel.of(Layer.SYNC, "hello".getBytes(StandardCharsets.UTF_8));

  private final World world = new World(WorldOptions.REAL, 1);
  private final List<String> heard = new ArrayList<>();

  @Test
  void aConnectionCarriesBytesAndIsPaidFor() {
    Device ann = device(0, 100_000, Nat.OPEN);
    Device bob = device(0, 100_000, Nat.OPEN);
    world.enter(bob, new Listener("bob", bob, -1));
    world.enter(ann, new Listener("ann", ann, 1));

    world.runUntil(50_000);

    assertThat(heard).containsExactly("bob connected", "ann connected", "bob hears hello");
    assertThat(world.ledger().sent(Layer.SYNC)).isEqualTo(5);
    assertThat(world.ledger().sent(Layer.IDENTIFY)).isEqualTo(1_517);
    // Three layers' headers around five bytes, and a handshake of 614.
    assertThat(world.ledger().total()).isBetween(2_600L, 3_400L);
    world.drain();
  }

  @Test
  void whoIsOfflineIsDialledInVain() {
    Device ann = device(0, 100_000, Nat.OPEN);
    Device bob = device(90_000, 100_000, Nat.OPEN);
    world.enter(bob, new Listener("bob", bob, -1));
    world.enter(ann, new Listener("ann", ann, 1));

    world.runUntil(50_000);

    assertThat(heard).containsExactly("ann failed");
    assertThat(world.ledger().lost()).isEqualTo(4 * 60);
    world.drain();
  }

  @Test
  void aTranslatorThatKeepsNoPortsLetsNobodyIn() {
    Device ann = device(0, 100_000, Nat.CONE);
    Device bob = device(0, 100_000, Nat.SYMMETRIC);
    world.enter(bob, new Listener("bob", bob, -1));
    world.enter(ann, new Listener("ann", ann, 1));

    world.runUntil(50_000);

    assertThat(heard).containsExactly("ann failed");
  }

  @Test
  void whoVanishesIsNoticedLater() {
    Device ann = device(0, 100_000, Nat.OPEN);
    Device bob = device(0, 20_000, Nat.OPEN);
    world.enter(bob, new Listener("bob", bob, -1));
    world.enter(ann, new Listener("ann", ann, 1));

    world.runUntil(49_000);
    assertThat(heard).doesNotContain("ann disconnected");
    world.runUntil(51_000);

    assertThat(heard).endsWith("bob offline", "ann disconnected");
    world.drain();
  }

  @Test
  void aServiceAnswersOverHttps() {
    Device ann = device(0, 100_000, Nat.OPEN);
    Device store = world.add(HostOptions.helper(), presence(0, Session.FOREVER));
    Service service =
        new Service() {
          @Override
          public int host() {
            return store.id();
          }

          @Override
          public Parcel answer(byte[] request, long nowMillis) {
            return Parcel.of(Layer.PAGE, new byte[100]);
          }
        };
    world.enter(store, new Actor() {});
    world.enter(
        ann,
        new Actor() {
          @Override
          public void onOnline() {
            ann.call(service, HELLO, 7);
          }

          @Override
          public void onAnswer(long tag, Optional<byte[]> answer) {
            heard.add(tag + ": " + answer.orElseThrow().length);
          }
        });

    world.runUntil(10_000);

    assertThat(heard).containsExactly("7: 100");
    assertThat(world.ledger().sent(Layer.TLS)).isEqualTo(1_547 + 2 * 22);
    world.drain();
  }

  @Test
  void aDeviceOverItsCapIsCutOffUntilMidnight() {
    HostOptions capped = new HostOptions(Role.DEVICE, Link.WIFI, Link.WIFI, Nat.OPEN, 1_000);
    Device ann = world.add(capped, presence(0, 200_000_000));
    Device bob = device(0, Session.FOREVER, Nat.OPEN);
    world.enter(bob, new Actor() {});
    world.enter(
        ann,
        new Actor() {
          @Override
          public void onOnline() {
            heard.add("online at " + ann.nowMillis());
            ann.sendDatagram(bob.id(), Parcel.of(Layer.SYNC, new byte[2_000]));
          }
        });

    world.runUntil(100_000_000);

    assertThat(heard).containsExactly("online at 0", "online at 86400000");
    world.drain();
  }

  /** Dials once, says hello, and writes down what happens. */
  private final class Listener implements Actor {
    private final String name;
    private final Device device;
    private final int friend;

    Listener(String name, Device device, int friend) {
      this.name = name;
      this.device = device;
      this.friend = friend;
    }

    @Override
    public void onOnline() {
      if (friend >= 0) {
        device.dial(friend);
      }
    }

    @Override
    public void onOffline() {
      heard.add(name + " offline");
    }

    @Override
    public void onConnected(Connection connection) {
      heard.add(name + " connected");
      if (connection.isInitiator()) {
        connection.send(HELLO);
      }
    }

    @Override
    public void onDialFailed(int to) {
      heard.add(name + " failed");
    }

    @Override
    public void onBytes(Connection connection, byte[] bytes) {
      heard.add(name + " hears " + new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void onDisconnected(Connection connection) {
      heard.add(name + " disconnected");
    }
  }

  private Device device(long fromMillis, long toMillis, Nat nat) {
    Link link = Link.WIFI.withLoss(0);
    return world.add(
        new HostOptions(Role.DEVICE, link, link, nat, 0), presence(fromMillis, toMillis));
  }

  private static Presence presence(long fromMillis, long toMillis) {
    Session[] session = {new Session(fromMillis, toMillis, Occasion.FOREGROUND)};
    return () -> {
      Optional<Session> next = Optional.ofNullable(session[0]);
      session[0] = null;
      return next;
    };
  }
}
