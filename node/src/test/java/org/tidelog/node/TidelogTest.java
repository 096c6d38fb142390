package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.sqlite.SqliteNodeStore;
import org.tidelog.replicator.Rung;

/**
 * The main job, by the library alone: devices write, mirror and close; others read what they wrote.
 */
class TidelogTest {
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
  void readsAPrivateTopicAfterItsWriterHasGone() {
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    family.append("Dinner at seven?");
    family.append("Bring bread.");
    Devices.publish(alice);
    String invitation = family.invitation().text();
    alice.close();

    Tidelog bob = devices.make("bob");
    Topic joined = bob.join(Invitation.parse(invitation), null);
    List<FetchReport> reports = Devices.fetch(bob);

    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.complete()).isTrue();
              assertThat(report.entries()).isEqualTo(3);
              assertThat(report.problems()).isEmpty();
            });
    assertThat(Devices.texts(joined))
        .containsExactly("alice: Dinner at seven?", "alice: Bring bread.");
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void showsAPrivateLogAsSealedWithoutItsInvitation() {
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    family.append("secret");
    Devices.publish(alice);

    Tidelog eve = devices.make("eve");
    Topic followed = eve.follow(family.name().orElseThrow(), "spied");
    Devices.fetch(eve);

    assertThat(Devices.texts(followed)).singleElement().asString().endsWith("(sealed)");
    assertThat(eve.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void followsAnOpenLogByItsNameAlone() {
    Tidelog alice = devices.make("alice");
    Topic blog = alice.createTopic("blog", true);
    blog.append("First post");
    Devices.publish(alice);

    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(blog.name().orElseThrow(), null);
    Devices.fetch(bob);

    assertThat(Devices.texts(followed)).containsExactly("alice: First post");
    assertThatThrownBy(() -> followed.append("mine"))
        .isInstanceOfSatisfying(
            TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_A_MEMBER));
  }

  @Test
  void findsAllLogsOfATopicThroughOneIndexAndReadsThemInTheOrderOfTheConversation() {
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    Tidelog bob = devices.make("bob");
    Topic bobs = bob.join(family.invitation(), null);
    for (int i = 0; i < 5; i++) {
      family.append("question " + i);
      Devices.publish(alice);
      Devices.fetch(bob);
      bobs.append("answer " + i);
      Devices.publish(bob);
      alice.follow(bobs.name().orElseThrow(), "family");
      Devices.fetch(alice);
    }
    List<PublishReport> published =
        alice.publish(family, new PublishOptions(true, false), Progress.none());
    Invitation invitation = family.invitation();
    alice.close();
    bob.close();

    Tidelog carol = devices.make("carol");
    Topic carols = carol.join(invitation, null);
    Devices.fetch(carol);

    assertThat(published).hasSize(2);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add("alice: question " + i);
      expected.add("bob: answer " + i);
    }
    assertThat(Devices.texts(carols)).isEqualTo(expected);
    assertThat(carols.logs()).hasSize(3);
  }

  @Test
  void namesTheEntryItAnswers() {
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    Receipt question = family.append("question");
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic bobs = bob.join(family.invitation(), null);
    Devices.fetch(bob);
    Receipt answer = bobs.append("answer");

    ReadEntry read = entries(bobs).get(1);
    assertThat(read.id()).isEqualTo(answer.id());
    assertThat(read.parents()).containsExactly(new Parent(question.log(), question.seq()));
  }

  @Test
  void survivesRestartsWithItsCursors() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", false);
    notes.append("one");
    notes.append("two");
    Cursor cursor = notes.cursor("screen");
    Cursor.Batch first = cursor.next(1);
    first.acknowledge();
    Cursor.Batch unacknowledged = cursor.next(10);
    alice.close();

    Topic again = devices.reopen("alice").topic("notes").orElseThrow();
    Cursor.Batch redelivered = again.cursor("screen").next(10);

    assertThat(first.entries()).hasSize(1);
    assertThat(redelivered.entries())
        .extracting(ReadEntry::id)
        .isEqualTo(unacknowledged.entries().stream().map(ReadEntry::id).toList());
    assertThat(redelivered.entries()).hasSize(1);
  }

  @Test
  void refusesACursorThatNoBackupCanHold() {
    Topic notes = devices.make("alice").createTopic("notes", false);

    notes.cursor("ü".repeat(Cursor.NAME_BYTES_MAX / 2));

    assertThatThrownBy(() -> notes.cursor("ü".repeat(Cursor.NAME_BYTES_MAX / 2) + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1025 bytes");
  }

  @Test
  void takesDeletedTextBackEverywhereAndStillVerifies() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    String secret = "the word is swordfish";
    Receipt receipt =
        notes.append(Draft.text(secret).with(new AppendOptions(java.util.Optional.empty(), true)));
    for (int i = 0; i < 60; i++) {
      notes.append("filler so that the record is not all there is " + i);
    }
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(receipt.log(), "alice");
    Devices.fetch(bob);
    assertThat(Devices.texts(followed)).contains("alice: " + secret);

    DeleteReport deleted = notes.delete(List.of(receipt.seq()));
    Devices.publish(alice);
    Devices.fetch(bob);

    assertThat(deleted.entries()).isEqualTo(1);
    assertThat(deleted.guessable()).isZero();
    assertThat(Devices.texts(followed))
        .contains("alice: (deleted)")
        .doesNotContain("alice: " + secret);
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    assertThat(alice.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    assertThat(filesContaining(devices.mirror(), "swordfish")).isEmpty();
  }

  @Test
  void hidesAndDropsWhatHasExpired() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", false);
    AppendOptions hour = new AppendOptions(java.util.Optional.of(Duration.ofHours(1)), false);
    notes.append(Draft.text("for an hour").with(hour));
    notes.append("for good");
    Devices.publish(alice);

    devices.later(Duration.ofHours(2));
    Devices.publish(alice);

    assertThat(Devices.texts(notes)).containsExactly("alice: (expired)", "alice: for good");
    assertThat(alice.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void carriesPayloadsOfAnySize() throws Exception {
    byte[] large = new byte[3 * 1024 * 1024 + 17];
    new Random(7).nextBytes(large);
    Tidelog alice = devices.make("alice");
    Topic files = alice.createTopic("files", false);
    files.append(new ByteArrayInputStream(large), AppendOptions.defaults());
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic joined = bob.join(files.invitation(), null);

    List<FetchReport> reports = Devices.fetch(bob);

    assertThat(reports).allMatch(FetchReport::complete);
    ReadEntry entry = entries(joined).get(0);
    assertThat(entry.isLarge()).isTrue();
    assertThat(entry.payloadBytes()).isEqualTo(large.length);
    try (InputStream in = joined.open(entry)) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
  }

  @Test
  void completesAReceiptWhenItsEntryIsMirrored() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", false);
    Receipt receipt = notes.append("one");
    assertThat(receipt.durability()).isEqualTo(Rung.LOCAL);

    receipt.await(Rung.MIRRORED);

    assertThat(receipt.durability()).isEqualTo(Rung.MIRRORED);
    assertThat(Files.exists(devices.mirror().resolve("names").resolve(receipt.log().text())))
        .isTrue();
  }

  @Test
  void publishesByItselfAfterAWhile() throws Exception {
    Tidelog.init(devices.home("alice"), InitOptions.defaults());
    TidelogOptions options =
        TidelogOptions.defaults()
            .withMirrors(List.of(devices.mirror().toString()))
            .withPublishAfter(Duration.ofMillis(20));
    try (Tidelog alice = Tidelog.open(devices.home("alice"), options)) {
      Receipt receipt = alice.createTopic("notes", false).append("one");
      assertThat(receipt.await(Rung.MIRRORED, Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void stopsAtTheBudgetWithTheNewestEntriesAndGoesOnFromThere() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      drafts.add(Draft.text("entry number " + i + " with some text to make it longer"));
    }
    notes.importEntries(drafts.iterator(), Progress.none());
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "notes");

    FetchReport part =
        bob.fetch(null, new FetchOptions(java.util.OptionalLong.of(100_000)), Progress.none())
            .get(0);
    List<String> newest = Devices.texts(followed);
    FetchReport rest = Devices.fetch(bob).get(0);

    assertThat(part.complete()).isFalse();
    assertThat(part.problems()).isEmpty();
    assertThat(part.missing()).isNotEmpty();
    assertThat(newest).last().asString().contains("number 2999");
    assertThat(rest.complete()).isTrue();
    assertThat(Devices.texts(followed)).hasSize(3000);
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void refusesAFlippedByteByNameAndHealsTheMirror() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    for (int i = 0; i < 200; i++) {
      notes.append("entry number " + i + " with some text to make it longer");
    }
    Devices.publish(alice);
    List<Path> blocks = files(devices.mirror().resolve("blocks"));
    assertThat(blocks).isNotEmpty();
    for (Path block : blocks) {
      byte[] good = Files.readAllBytes(block);
      byte[] bad = good.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(block, bad);
    }
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "notes");

    FetchReport refused = Devices.fetch(bob).get(0);
    Devices.publish(alice);
    FetchReport healed = Devices.fetch(bob).get(0);

    assertThat(refused.problems()).extracting(Problem::kind).contains(ErrorKind.BAD_BLOCK);
    assertThat(refused.complete()).isFalse();
    assertThat(healed.complete()).isTrue();
    assertThat(Devices.texts(followed)).hasSize(200);
  }

  @Test
  void doesNotPublishOverAHeadOfItsOwnThatItDoesNotKnow() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.append("one");
    alice.close();
    copy(devices.home("alice"), devices.home("copy"));
    Tidelog original = devices.reopen("alice");
    original.topic("notes").orElseThrow().append("two");
    Devices.publish(original);

    Tidelog copy = devices.reopen("copy");
    copy.topic("notes").orElseThrow().append("other two");
    Devices.publish(copy);

    assertThat(Devices.fetch(original)).isEmpty();
    assertThat(Devices.publish(original)).hasSize(1);
    assertThat(original.topic("notes").orElseThrow().name())
        .isNotEqualTo(copy.topic("notes").orElseThrow().name());
  }

  @Test
  void neverTakesEntriesOfItsOwnLogFromAMirror() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.append("one");
    alice.close();
    copy(devices.home("alice"), devices.home("copy"));
    Tidelog original = devices.reopen("alice");
    original.topic("notes").orElseThrow().append("two");
    Devices.publish(original);

    Tidelog copy = devices.reopen("copy");
    Topic same = copy.topic("notes").orElseThrow();
    copy.follow(same.name().orElseThrow(), "mirrored");

    assertThat(Devices.fetch(copy)).isEmpty();
    assertThat(Devices.texts(same)).containsExactly("alice: one");
  }

  @Test
  void joinsTheSmallSlicesThatSingleAppendsLeave() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    for (int i = 0; i < 1500; i++) {
      notes.append("entry " + i);
    }
    alice.close();

    Tidelog again = devices.reopen("alice");

    assertThat(Devices.texts(again.topic("notes").orElseThrow())).hasSize(1500);
    assertThat(again.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    try (SqliteNodeStore store = store(again, "alice")) {
      assertThat(store.outlines(notesName(store), 0, 2000)).hasSizeLessThan(20);
    }
  }

  /** The store of a device that is closed by this. */
  private SqliteNodeStore store(Tidelog open, String name) {
    open.close();
    return SqliteNodeStore.open(devices.home(name).resolve("log.db"));
  }

  private static IpnsName notesName(SqliteNodeStore store) {
    return store.logs().get(0);
  }

  @Test
  void isLockedWhileOpen() {
    devices.make("alice");
    assertThatThrownBy(
            () ->
                Tidelog.open(
                    devices.home("alice"), TidelogOptions.defaults().withLockWait(Duration.ZERO)))
        .isInstanceOfSatisfying(
            TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED));
  }

  @Test
  void publishesNothingTwice() {
    Tidelog alice = devices.make("alice");
    alice.createTopic("notes", true).append("one");
    Devices.publish(alice);

    PublishReport.Figures again = Devices.publish(alice).get(0).figures();

    assertThat(again.blocksWritten()).isZero();
    assertThat(again.recordBytes()).isZero();
  }

  private static List<ReadEntry> entries(Topic topic) {
    List<ReadEntry> entries = new ArrayList<>();
    try (EntryStream stream = topic.read(ReadQuery.all())) {
      stream.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static List<Path> files(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Path> filesContaining(Path root, String text) throws Exception {
    List<Path> found = new ArrayList<>();
    for (Path file : files(root)) {
      String bytes =
          new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
      if (bytes.contains(text)) found.add(file);
    }
    return found;
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      }
    }
  }
}
