package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader learns from what it fetched, however it came and in whatever order. */
class FetchingTest {
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

  @Test
  void learnsFromEntriesThatAnInterruptedFetchHasLeft() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    Receipt taken = notes.append("taken back");
    for (int i = 0; i < 3000; i++) {
      notes.append("some text to fill a page with, number " + i);
    }
    notes.delete(List.of(taken.seq()));
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(taken.log(), "notes");
    RuntimeException cut = new IllegalStateException("cut");

    assertThatThrownBy(
            () ->
                bob.fetch(
                    null,
                    FetchOptions.defaults(),
                    (what, done, total) -> {
                      if (done > 2000) throw cut;
                    }))
        .isSameAs(cut);
    assertThat(Devices.fetch(bob)).allMatch(FetchReport::complete);

    assertThat(Devices.texts(followed)).hasSize(3001).first().isEqualTo("alice: (deleted)");
  }

  @Test
  void findsTheOtherMembersWhenTheInvitationComesAfterTheLog() {
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    family.append("question");
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic bobs = bob.join(family.invitation(), null);
    Devices.fetch(bob);
    bobs.append("answer");
    Devices.publish(bob);
    alice.follow(bobs.name().orElseThrow(), "family");
    Devices.fetch(alice);
    family.append("thanks");
    Devices.publish(alice);

    Tidelog carol = devices.make("carol");
    carol.follow(family.name().orElseThrow(), "early");
    Devices.fetch(carol);
    Topic joined = carol.join(family.invitation(), null);
    Devices.fetch(carol);

    assertThat(Devices.texts(joined))
        .containsExactly("alice: question", "bob: answer", "alice: thanks");
  }

  @Test
  void knowsTheTopicOfAFollowedLogOnceItHasItsFirstEntry() {
    Tidelog alice = devices.make("alice");
    Topic open = alice.createTopic("open", true);
    Topic sealed = alice.createTopic("sealed", false);
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(open.name().orElseThrow(), "open");
    Topic closed = bob.follow(sealed.name().orElseThrow(), "sealed");
    assertThat(followed.id()).isEmpty();

    Devices.fetch(bob);

    assertThat(followed.id()).isEqualTo(open.id());
    assertThat(followed.open()).isTrue();
    assertThat(closed.id()).isEmpty();
    assertThat(closed.open()).isFalse();
  }

  @Test
  void getsOnWhateverTheBudget() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      drafts.add(Draft.text(String.format("%0200d", i)));
    }
    notes.importEntries(drafts.iterator(), Progress.none());
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    bob.follow(notes.name().orElseThrow(), "notes");

    int rounds = 0;
    boolean complete = false;
    while (!complete && rounds++ < 60) {
      FetchReport report =
          bob.fetch(null, new FetchOptions(OptionalLong.of(20_000)), Progress.none()).get(0);
      assertThat(report.problems()).isEmpty();
      complete = report.complete();
    }

    assertThat(complete).isTrue();
    assertThat(rounds).isGreaterThan(3);
  }

  @Test
  void publishesALaterHeadWhenSomethingHasExpired() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    AppendOptions minutes = new AppendOptions(Optional.of(Duration.ofMinutes(5)), false);
    notes.append(Draft.text("soon gone").with(minutes));
    PublishReport.Figures before = Devices.publish(alice).get(0).figures();
    devices.later(Duration.ofMinutes(10));
    PublishReport.Figures after = Devices.publish(alice).get(0).figures();

    assertThat(after.sequence()).isEqualTo(before.sequence());
    assertThat(after.validUntil()).isAfter(before.validUntil());
  }

  @Test
  void bringsLargePayloadsToANewMirrorAndMendsAnOldOne() throws Exception {
    byte[] large = new byte[700_000];
    new Random(3).nextBytes(large);
    Tidelog alice = devices.make("alice");
    Topic files = alice.createTopic("files", false);
    files.append(new ByteArrayInputStream(large), AppendOptions.defaults());
    Devices.publish(alice);
    long blocks = blocks();
    try (Stream<Path> all = Files.walk(devices.mirror().resolve("blocks"))) {
      for (Path block : all.filter(Files::isRegularFile).toList()) {
        Files.delete(block);
      }
    }

    alice.publish(null, new PublishOptions(false, true), Progress.none());

    assertThat(blocks()).isEqualTo(blocks).isGreaterThan(3);
    Tidelog bob = devices.make("bob");
    bob.join(files.invitation(), null);
    assertThat(Devices.fetch(bob)).allMatch(FetchReport::complete);
  }

  @Test
  void noticesADamagedLargePayloadAndDropsADeletedOne() throws Exception {
    byte[] large = new byte[700_000];
    new Random(3).nextBytes(large);
    Tidelog alice = devices.make("alice");
    Topic files = alice.createTopic("files", false);
    Receipt receipt = files.append(new ByteArrayInputStream(large), AppendOptions.defaults());
    Devices.publish(alice);
    Path blobs = devices.home("alice").resolve("blobs");
    Path one = files(blobs).get(0);
    byte[] good = Files.readAllBytes(one);
    byte[] bad = good.clone();
    bad[9] ^= 1;

    Files.write(one, bad);
    assertThat(alice.verify(null, Progress.none())).noneMatch(VerifyReport::ok);
    Files.write(one, good);
    assertThat(alice.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    files.delete(List.of(receipt.seq()));
    Devices.publish(alice);

    assertThat(files(blobs)).isEmpty();
    assertThat(blocks()).isZero();
  }

  private long blocks() throws Exception {
    return files(devices.mirror().resolve("blocks")).size();
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
