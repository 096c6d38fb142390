package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelog.node.Devices.fetch;
import static org.tidelog.node.Devices.publish;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.phrase.RecoveryPhrase;
import org.tidelog.log.control.Continuation;

/** Whose log a recovered device goes on from, when somebody else would have it be theirs. */
final class PredecessorsTest {
  private static final RecoveryPhrase PHRASE = RecoveryPhrase.random(Entropy.system());
  private static final Digest HASH =
      Continuation.recoveryKeyHash(Ed25519.signer(PHRASE.seed()).publicKey());

  @TempDir Path root;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Tidelog> open = new ArrayList<>();
  private Devices devices;
  private Tidelog kim;
  private Topic notes;

  @BeforeEach
  void kimLosesAPhone() {
    devices = new Devices(root);
    Tidelog.init(devices.home("kim"), InitOptions.defaults().withRecoveryPhrase(PHRASE));
    kim = devices.reopen("kim");
    notes = kim.createTopic("notes", true);
    notes.append("one");
    publish(kim);
  }

  @AfterEach
  void end() {
    open.forEach(Tidelog::close);
    devices.close();
  }

  /** Somebody whose newest head is later than any of Kim's. */
  private ForkingAuthor eve() {
    return new ForkingAuthor(66, notes.id().orElseThrow(), HASH);
  }

  /** A new device that has Kim's phrase and has fetched these logs. */
  private Topic recovered(String home, IpnsName... logs) {
    return recovered(home, back -> {}, logs);
  }

  private Topic recovered(String home, Consumer<Topic> before, IpnsName... logs) {
    Tidelog.init(devices.home(home), InitOptions.defaults().recovering(PHRASE));
    Tidelog again =
        Tidelog.open(
            devices.home(home),
            TidelogOptions.defaults()
                .withMirrors(List.of(devices.mirror().toString()))
                .withTime(() -> Devices.NOON.plus(Duration.ofHours(1)))
                .withNotices(notices::add));
    open.add(again);
    Topic back = again.join(notes.invitation(), "notes");
    for (IpnsName log : logs) {
      again.follow(log, "notes");
    }
    fetch(again);
    before.accept(back);
    back.append("two");
    publish(again);
    return back;
  }

  private Optional<IpnsName> continued(Topic topic) {
    return open.get(open.size() - 1).status().logs().stream()
        .filter(log -> log.name().equals(topic.name().orElseThrow()))
        .findFirst()
        .orElseThrow()
        .continues()
        .map(Continued::name);
  }

  @Test
  void goesOnFromNoneOfSeveralThatNameItsKey() {
    ForkingAuthor eve = eve().append("later");
    eve.publish(devices.mirror());

    Topic back = recovered("kim-2", notes.name().orElseThrow(), eve.name());

    assertThat(continued(back)).isEmpty();
    assertThat(notices)
        .extracting(Notice::word)
        .containsExactly("choose-predecessor", "several-predecessors");
    assertThat(notices)
        .extracting(Notice::message)
        .allMatch(said -> said.contains(notes.name().orElseThrow().text()))
        .allMatch(said -> said.contains(eve.name().text()));
  }

  @Test
  void takesAClaimByAnotherKeyForNone() {
    ForkingAuthor eve = eve().continuing(notes.name().orElseThrow()).append("later");
    eve.publish(devices.mirror());

    Topic back = recovered("kim-2", notes.name().orElseThrow(), eve.name());

    assertThat(continued(back)).isEmpty();
    assertThat(notices)
        .extracting(Notice::word)
        .containsExactly("choose-predecessor", "several-predecessors");
  }

  @Test
  void goesOnFromTheLogThatItsKeyHasSignedFor() {
    Topic second = recovered("kim-2", notes.name().orElseThrow());
    ForkingAuthor eve = eve().continuing(second.name().orElseThrow()).append("later");
    eve.publish(devices.mirror());

    Topic third =
        recovered("kim-3", notes.name().orElseThrow(), second.name().orElseThrow(), eve.name());

    assertThat(continued(third)).isEqualTo(second.name());
    assertThat(notices).isEmpty();
  }

  @Test
  void goesOnFromTheLogThatWasChosenByName() {
    IpnsName old = notes.name().orElseThrow();
    ForkingAuthor eve = eve().append("later");
    eve.publish(devices.mirror());
    ForkingAuthor stranger = new ForkingAuthor(67, notes.id().orElseThrow()).append("hello");
    stranger.publish(devices.mirror());

    Topic back =
        recovered(
            "kim-2",
            topic -> {
              assertRefused(topic, stranger.name(), ErrorKind.NOT_A_MEMBER);
              assertRefused(topic, new ForkingAuthor(68, HASH).name(), ErrorKind.NOT_FOUND);
              topic.continueFrom(eve.name());
              topic.continueFrom(old);
            },
            old,
            eve.name(),
            stranger.name());

    assertThat(continued(back)).contains(old);
    assertThat(notices).extracting(Notice::word).containsExactly("choose-predecessor");
    assertRefused(back, old, ErrorKind.EXISTS);
  }

  private static void assertRefused(Topic topic, IpnsName log, ErrorKind kind) {
    assertThatThrownBy(() -> topic.continueFrom(log))
        .isInstanceOfSatisfying(TidelogException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith("cannot continue " + log.text());
  }
}
