package org.tidelog.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.availability.Presence;
import org.tidelog.sim.availability.Session;

final class IrcLogTest {
  private static final long HOUR = 3_600_000;

  private static final String LOG =
      """
      [22:00] <ann> hello
      === bob [n=bob@example]  has joined #chat
      [22:00] <bob> hi ann
      === bob is now known as bob|away
      [23:30]  * bob|away waves
      === bob|away [n=bob@example]  has left #chat ["bye"]
      [00:10] <ann> gone?
      """;

  @Test
  void readsWhoSaidHowMuchWhen() {
    assertThat(IrcLog.parse(LOG).lines())
        .containsExactly(
            new IrcLog.Line(22 * HOUR, 0, 5),
            new IrcLog.Line(22 * HOUR + 30_000, 1, 6),
            new IrcLog.Line(23 * HOUR + 30 * 60_000, 1, 6),
            new IrcLog.Line(24 * HOUR + 10 * 60_000, 0, 5));
  }

  @Test
  void knowsWhoWasThere() {
    Presence bob = IrcLog.parse(LOG).availability().of(1);
    Presence ann = IrcLog.parse(LOG).availability().of(0);

    assertThat(bob.next())
        .isEqualTo(
            Optional.of(new Session(22 * HOUR, 23 * HOUR + 30 * 60_000, Occasion.FOREGROUND)));
    assertThat(bob.next().orElseThrow().startMillis()).isEqualTo((48 + 22) * HOUR);
    assertThat(ann.next()).contains(new Session(0, 48 * HOUR, Occasion.FOREGROUND));
  }

  @Test
  void refusesWhatIsNoChat() {
    assertThatThrownBy(() -> IrcLog.parse("hello")).hasMessageContaining("not a chat");
  }
}
