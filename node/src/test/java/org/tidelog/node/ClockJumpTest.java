package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that jumps deletes nothing unasked. */
class ClockJumpTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path root;
  private Devices devices;

  @BeforeEach
  void devices() {
    devices = new Devices(root);
  }

  @AfterEach
  void close() {
    devices.close();
  }

  private static void append(Topic topic, String text, Duration timeToLive) {
    topic.append(Draft.text(text).with(new AppendOptions(Optional.of(timeToLive), false)));
  }

  private static DeviceStatus status(Tidelog device) {
    return device.status().device();
  }

  @Test
  void aYearForwardDeletesNothingUntilAPersonConfirms() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    append(notes, "for a week", Duration.ofDays(7));
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "alice");
    Devices.fetch(bob);

    devices.later(YEAR);
    notes.append("with a wrong clock");
    Devices.publish(alice);
    Devices.fetch(bob);
    alice.close();
    alice = devices.reopen("alice");
    notes = alice.topic("notes").orElseThrow();

    assertThat(status(alice).clockConfirmed()).isFalse();
    assertThat(status(alice).trustedTime()).isEqualTo(Devices.NOON);
    assertThat(Devices.texts(notes)).contains("alice: for a week");
    assertThat(Devices.texts(followed)).contains("alice: for a week");
    Tidelog carol = devices.make("carol");
    Topic late = carol.follow(notes.name().orElseThrow(), "alice");
    Devices.fetch(carol);
    // Her clock has no past to compare with: she takes it as it is, and so hides what expired.
    assertThat(Devices.texts(late)).contains("alice: (expired)");

    alice.confirmClock();
    bob.confirmClock();
    Devices.publish(alice);
    Devices.fetch(bob);

    assertThat(status(alice).clockConfirmed()).isTrue();
    assertThat(Devices.texts(notes))
        .containsExactly("alice: (expired)", "alice: with a wrong clock");
    assertThat(Devices.texts(followed)).contains("alice: (expired)");
  }

  @Test
  void aYearBackDeletesNothingAndIsSeen() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    append(notes, "for a week", Duration.ofDays(7));
    Devices.publish(alice);

    devices.later(YEAR.negated());
    append(notes, "for an hour, in a past year", Duration.ofHours(1));
    Devices.publish(alice);
    alice.close();
    alice = devices.reopen("alice");
    notes = alice.topic("notes").orElseThrow();

    assertThat(status(alice).clockConfirmed()).isFalse();
    assertThat(Devices.texts(notes))
        .containsExactlyInAnyOrder("alice: for a week", "alice: for an hour, in a past year");
    assertThat(alice.status().logs().get(0).asOf()).contains(Devices.NOON);

    devices.later(YEAR);
    assertThat(status(alice).clockConfirmed()).isTrue();
  }

  @Test
  void aClockThatMovesWithinADayIsTrusted() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    append(notes, "for an hour", Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      devices.later(Duration.ofHours(23));
      assertThat(status(alice).clockConfirmed()).isTrue();
    }
    alice.close();
    devices.later(Duration.ofHours(23));

    assertThat(status(devices.reopen("alice")).clockConfirmed()).isTrue();
  }

  @Test
  void twoOtherDevicesThatAgreeAreEnough() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    append(notes, "for a week", Duration.ofDays(7));
    Invitation invitation = notes.invitation();
    Tidelog bob = devices.make("bob");
    Topic bobs = bob.join(invitation, null);
    Tidelog carol = devices.make("carol");
    Topic carols = carol.join(invitation, null);
    bobs.append("before");
    carols.append("before");
    Devices.publish(alice);
    Devices.publish(bob);
    Devices.publish(carol);
    alice.follow(bobs.name().orElseThrow(), "notes");
    alice.follow(carols.name().orElseThrow(), "notes");
    Devices.fetch(alice);

    devices.later(Duration.ofDays(14));
    Devices.fetch(alice);
    assertThat(status(alice).clockConfirmed()).as("what was seen before says nothing").isFalse();
    bobs.append("after");
    Devices.publish(bob);
    Devices.fetch(alice);
    assertThat(status(alice).clockConfirmed()).as("one device is one accident").isFalse();
    assertThat(Devices.texts(notes)).contains("alice: for a week");
    carols.append("after");
    Devices.publish(carol);
    Devices.fetch(alice);

    assertThat(status(alice).clockConfirmed()).isTrue();
    Devices.publish(alice);
    assertThat(Devices.texts(notes)).contains("alice: (expired)");
  }

  @Test
  void aHeadFromTheFutureIsShownAsSuchAndCountsForNothing() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    devices.later(YEAR);
    notes.append("from next year");
    Devices.publish(alice);
    devices.later(YEAR.negated());
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "notes");
    Devices.fetch(bob);

    assertThat(bob.status().logs().get(0).head()).isEqualTo(HeadState.FUTURE);
    assertThat(Devices.texts(followed)).containsExactly("alice: from next year");
    assertThat(status(bob).clockConfirmed()).isTrue();
  }

  @Test
  void aLogNotHeardOfForAYearIsStale() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.append("long ago");
    Devices.publish(alice);
    devices.later(YEAR.plusDays(2));
    Tidelog bob = devices.make("bob");
    bob.follow(notes.name().orElseThrow(), "notes");
    Devices.fetch(bob);

    assertThat(bob.status().logs().get(0).head()).isEqualTo(HeadState.STALE);
  }
}
