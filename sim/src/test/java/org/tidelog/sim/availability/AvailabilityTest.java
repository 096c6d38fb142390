package org.tidelog.sim.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvailabilityTest {
  private static final long DAY_MILLIS = 86_400_000;

  /** Uptimes as docs/sim.md has them. */
  @ParameterizedTest
  @CsvSource({
    "always, 1.0, 0",
    "vac-iid, 0.1, 0.001",
    "uniform, 0.1, 0.001",
    "exponential, 0.1, 0.01",
    "wa-foreground, 0.0244, 0.001",
    "screen-on, 0.081, 0.004",
    "android-doze, 0.038, 0.001",
    "ios-refresh, 0.0277, 0.001",
    "night-charger, 0.27, 0.01",
    "kad-desktop, 0.21, 0.02",
    "home-mailbox, 0.1, 0.02"
  })
  void eachProfileIsOnlineAsLongAsItsTableSays(String word, double uptime, double tolerance) {
    AvailabilityOptions options = AvailabilityOptions.of(Profile.parse(word).orElseThrow());

    double online = 0;
    for (int device = 0; device < 60; device++) {
      online += share(new ModelledAvailability(options, 7).of(device), 60);
    }

    assertThat(online / 60).isCloseTo(uptime, within(tolerance + 1e-9));
  }

  @Test
  void anAppIsOpened23TimesADayAndNeverAtNight() {
    Presence presence =
        new ModelledAvailability(AvailabilityOptions.of(Profile.WA_FOREGROUND), 1).of(0);

    int sessions = 0;
    for (Session s = presence.next().orElseThrow();
        s.startMillis() < 200 * DAY_MILLIS;
        s = presence.next().orElseThrow()) {
      assertThat(ActiveHours.isNight(s.startMillis())).isFalse();
      sessions++;
    }

    assertThat(sessions / 200.0).isCloseTo(23, within(0.8));
  }

  @Test
  void peopleDifferWhenTheyMay() {
    AvailabilityOptions options =
        new AvailabilityOptions(
            Profile.WA_FOREGROUND, 0.1, 1_000, 90_000, 1_800_000, 4, 0.6, List.of(0.0), "");
    ModelledAvailability availability = new ModelledAvailability(options, 3);

    List<Double> shares =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(device -> share(availability.of(device), 30))
            .sorted()
            .toList();

    assertThat(shares.get(36) / shares.get(3)).isGreaterThan(3);
  }

  @Test
  void aTimeZoneMovesTheNight() {
    AvailabilityOptions options =
        new AvailabilityOptions(
            Profile.WA_FOREGROUND, 0.1, 1_000, 90_000, 1_800_000, 4, 0, List.of(-8.0), "");
    Presence presence = new ModelledAvailability(options, 1).of(0);

    for (int i = 0; i < 300; i++) {
      long hour = presence.next().orElseThrow().startMillis() / 3_600_000 % 24;
      // From 06 to 24 there is from 14 to 08 here.
      assertThat(hour < 8 || hour >= 14).isTrue();
    }
  }

  @Test
  void sessionsComeInOrderAndDoNotOverlap() {
    for (Profile profile : List.of(Profile.ANDROID_DOZE, Profile.NIGHT_CHARGER, Profile.UNIFORM)) {
      Presence presence = new ModelledAvailability(AvailabilityOptions.of(profile), 5).of(2);
      long end = -1;
      for (int i = 0; i < 5_000; i++) {
        Session session = presence.next().orElseThrow();
        assertThat(session.startMillis()).as(profile.word()).isGreaterThan(end);
        end = session.endMillis();
      }
    }
  }

  @Test
  void readsATraceAndRepeatsIt() {
    TracedAvailability trace =
        TracedAvailability.parse("device,start_s,end_s\n0,10,20\n0,15.5,30\n# later\n1,0,5\n");

    Presence presence = trace.of(0);

    assertThat(presence.next()).contains(new Session(10_000, 30_000, Occasion.FOREGROUND));
    assertThat(presence.next())
        .contains(new Session(DAY_MILLIS + 10_000, DAY_MILLIS + 30_000, Occasion.FOREGROUND));
    assertThatThrownBy(() -> TracedAvailability.parse("0,1,2\n0,5,4"))
        .hasMessageContaining("line 2");
  }

  private static double share(Presence presence, int days) {
    long until = days * DAY_MILLIS;
    long online = 0;
    while (true) {
      Session session = presence.next().orElse(null);
      if (session == null || session.startMillis() >= until) {
        return (double) online / until;
      }
      online += Math.min(until, session.endMillis()) - session.startMillis();
    }
  }
}
