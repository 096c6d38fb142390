package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Sha256;
import org.tidelog.log.entry.SeqRange;

/** What was taken back, or has expired, is nowhere any more, and nothing else suffers. */
class DeletionTest {
  private static final AppendOptions DELETABLE = new AppendOptions(Optional.empty(), true);

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

  static String text(long number) {
    return "sentence-" + Long.toString(1_000_000 + number * 7919, 36) + "-of-many";
  }

  static List<Draft> drafts(int from, int to) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = from; i < to; i++) drafts.add(Draft.text(text(i)).with(DELETABLE));
    return drafts;
  }

  /** The files below a folder that hold any of these texts. */
  static List<String> holding(Path folder, List<String> texts) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String text : texts) {
          if (bytes.contains(text)) found.add(folder.relativize(file) + ": " + text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  @Test
  void leavesNothingOfDeletedTextInTheStoreWhateverStandsAround() {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      String name = "alice" + seed;
      Tidelog alice = devices.make(name);
      Topic notes = alice.createTopic("notes", true);
      int count = 0;
      while (count < 2_000) {
        int next = count + 1 + (random.nextBoolean() ? 0 : random.nextInt(60));
        notes.appendAll(drafts(count, next));
        count = next;
      }
      if (random.nextBoolean()) Devices.publish(alice);
      List<Long> gone = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int which = random.nextInt(count);
        gone.add(which + 1L);
        texts.add(text(which));
      }

      notes.delete(gone);

      assertThat(holding(devices.home(name), texts)).isEmpty();
      assertThat(alice.verify(null, Progress.none())).allMatch(VerifyReport::ok);
      alice.close();
      Tidelog again = devices.reopen(name);
      assertThat(Devices.texts(again.topic("notes").orElseThrow()))
          .filteredOn(line -> line.endsWith("(deleted)"))
          .hasSize((int) gone.stream().distinct().count());
      assertThat(holding(devices.home(name), texts)).isEmpty();
    }
  }

  @Test
  void leavesNothingInTheRecordThatTheStoreKeeps() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(drafts(0, 5));
    Devices.publish(alice);

    notes.delete(List.of(2L));

    assertThat(holding(devices.home("alice"), List.of(text(1)))).isEmpty();
    assertThat(holding(devices.mirror(), List.of(text(1)))).isNotEmpty();
    Devices.publish(alice);
    assertThat(holding(devices.mirror(), List.of(text(1)))).isEmpty();
  }

  @Test
  void rewritesOnePageAndThePathToIt() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    for (int i = 0; i < 30; i++) notes.appendAll(drafts(i * 1_000, (i + 1) * 1_000));
    for (int i = 0; i < 100; i++) notes.append(Draft.of(new byte[40_000]));
    Devices.publish(alice);
    long blocks = blocks();

    notes.delete(List.of(10_001L));
    PublishReport.Figures after = Devices.publish(alice).get(0).figures();

    // The page, the node above it, and the root.
    assertThat(after.blocksWritten()).isEqualTo(3);
    assertThat(blocks()).isEqualTo(blocks);
    assertThat(holding(devices.mirror(), List.of(text(10_000)))).isEmpty();
    assertThat(holding(devices.mirror(), List.of(text(10_001)))).isNotEmpty();
  }

  private long blocks() {
    try (Stream<Path> files = Files.walk(devices.mirror().resolve("blocks"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aReaderWhoComesBackAfterYearsLosesWhatWasDeletedMeanwhile() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(drafts(0, 3_000));
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "alice");
    Devices.fetch(bob);
    assertThat(holding(devices.home("bob"), List.of(text(77)))).isNotEmpty();

    notes.delete(List.of(78L));
    for (int year = 0; year < 3; year++) {
      devices.later(Duration.ofDays(365));
      notes.appendAll(drafts(3_000 + year * 5_000, 8_000 + year * 5_000));
      Devices.publish(alice);
    }
    Devices.fetch(bob);

    assertThat(holding(devices.home("bob"), List.of(text(77)))).isEmpty();
    assertThat(holding(devices.mirror(), List.of(text(77)))).isEmpty();
    assertThat(Devices.texts(followed)).contains("alice: (deleted)").hasSize(18_000);
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void aReaderWithAByteBudgetLosesItWhenItComesToTheDeletion() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(drafts(0, 3_000));
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    bob.follow(notes.name().orElseThrow(), "alice");
    Devices.fetch(bob);
    notes.delete(List.of(78L));
    notes.appendAll(drafts(3_000, 30_000));
    Devices.publish(alice);

    int rounds = 0;
    boolean complete = false;
    while (!complete) {
      FetchOptions some = new FetchOptions(OptionalLong.of(150_000));
      complete = bob.fetch(null, some, Progress.none()).get(0).complete();
      rounds++;
    }

    assertThat(rounds).isGreaterThan(3);
    assertThat(holding(devices.home("bob"), List.of(text(77)))).isEmpty();
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void deletedTextIsNeverTakenAgainFromAnOldMirror() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(drafts(0, 3_000));
    Devices.publish(alice);
    Path old = root.resolve("old");
    copy(devices.mirror(), old);
    notes.delete(List.of(78L));
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    bob.follow(notes.name().orElseThrow(), "alice");
    // The newest entries and with them the deletion, but not the page of what was deleted.
    bob.fetch(null, new FetchOptions(OptionalLong.of(1)), Progress.none());
    bob.close();

    TidelogOptions late =
        TidelogOptions.defaults().withMirrors(List.of(old.toString())).withTime(() -> Devices.NOON);
    try (Tidelog again = Tidelog.open(devices.home("bob"), late)) {
      Devices.fetch(again);
      assertThat(holding(devices.home("bob"), List.of(text(77)))).isEmpty();
      assertThat(again.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    }
    assertThat(holding(devices.home("bob"), List.of(text(77)))).isEmpty();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target);
      }
    }
  }

  @Test
  void deletesVeryManyEntriesAtOnceInSteps() {
    int entries = 40_000;
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(drafts(0, entries));
    List<SeqRange> everyOther = new ArrayList<>();
    for (long seq = 1; seq <= entries; seq += 2) everyOther.add(new SeqRange(seq, seq + 1));

    DeleteReport report = notes.deleteRuns(everyOther);

    assertThat(report.entries()).isEqualTo(entries / 2);
    assertThat(Devices.texts(notes))
        .filteredOn(line -> line.equals("alice: (deleted)"))
        .hasSize(entries / 2);
    assertThat(holding(devices.home("alice"), List.of(text(0), text(20_000)))).isEmpty();
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "alice");
    assertThat(Devices.fetch(bob)).allMatch(FetchReport::complete);
    assertThat(Devices.texts(followed)).isEqualTo(Devices.texts(notes));
  }

  @Test
  void whatIsLeftOfDeletedTextCannotBeGuessed() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    Receipt kept = notes.append(Draft.text("yes").with(DELETABLE));
    ReadEntry before = entry(notes, kept.seq());
    assertThat(before.text()).contains("yes");

    DeleteReport report = notes.delete(List.of(kept.seq()));
    Devices.publish(alice);

    assertThat(report.guessable()).isZero();
    byte[] unsalted =
        Sha256.hash(Sha256.tag("tidelog/payload/1"), "yes".getBytes(StandardCharsets.UTF_8))
            .bytes();
    for (Path folder : List.of(devices.home("alice"), devices.mirror())) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(indexOf(Files.readAllBytes(file), unsalted)).as(file.toString()).isNegative();
        }
      }
    }
  }

  private static ReadEntry entry(Topic topic, long seq) {
    try (EntryStream entries = topic.read(ReadQuery.all())) {
      while (entries.hasNext()) {
        ReadEntry entry = entries.next();
        if (entry.seq() == seq) return entry;
      }
    }
    throw new AssertionError("no entry " + seq);
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int at = 0; at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) return at;
    }
    return -1;
  }

  @Test
  void saysHowManyDeletedTextsCanBeGuessed() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.append("unsalted");
    notes.append(Draft.text("salted").with(DELETABLE));

    assertThat(notes.delete(List.of(1L, 2L)).guessable()).isEqualTo(1);
  }

  @Test
  void refusesToDeleteWhatIsNoDataAndThenDeletesNothing() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(drafts(0, 3));

    assertThatThrownBy(() -> notes.delete(List.of(1L, 0L)))
        .hasMessageContaining("control entry (genesis)");
    assertThatThrownBy(() -> notes.delete(List.of(1L, 9L))).hasMessageContaining("has 4 entries");
    assertThatThrownBy(() -> notes.delete(List.of(-1L))).hasMessageContaining("cannot delete -1");
    assertThat(Devices.texts(notes)).noneMatch(line -> line.contains("deleted"));
  }

  @Test
  void whatHasExpiredGoesFromTheHomeTheMirrorAndTheReader() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    AppendOptions hour = new AppendOptions(Optional.of(Duration.ofHours(1)), false);
    notes.append(Draft.text(text(1)).with(hour));
    notes.appendAll(drafts(2, 4));
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(notes.name().orElseThrow(), "alice");
    Devices.fetch(bob);
    List<String> gone = List.of(text(1));
    assertThat(holding(devices.home("bob"), gone)).isNotEmpty();

    devices.later(Duration.ofHours(2));
    // The writer has not come back: the mirror has the old record.
    Devices.fetch(bob);

    assertThat(holding(devices.home("bob"), gone)).isEmpty();
    assertThat(Devices.texts(followed)).first().isEqualTo("alice: (expired)");
    Devices.fetch(bob);
    assertThat(holding(devices.home("bob"), gone)).isEmpty();
    alice.close();
    assertThat(holding(devices.home("alice"), gone)).isEmpty();
    Devices.publish(devices.reopen("alice"));
    assertThat(holding(devices.mirror(), gone)).isEmpty();
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void anIndexForgetsWhatItsLinesSaidBefore() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    PublishOptions withIndex = new PublishOptions(true, false);
    for (int i = 0; i < 20; i++) {
      notes.appendAll(drafts(i, i + 1));
      alice.publish(notes, withIndex, Progress.none());
    }
    notes.delete(List.of(3L));
    List<PublishReport> reports = alice.publish(notes, withIndex, Progress.none());

    PublishReport.Index index = (PublishReport.Index) reports.get(1);
    assertThat(index.logs()).isEqualTo(1);
    for (Path folder : List.of(devices.mirror(), devices.home("alice"))) {
      assertThat(holding(folder, List.of(text(2)))).isEmpty();
    }
    // Without that, each of 21 publications would stand there with up to 3 KiB.
    assertThat(index.figures().recordBytes()).isLessThan(5_000);
    Tidelog bob = devices.make("bob");
    Topic followed = bob.follow(index.index(), "notes");
    assertThat(Devices.fetch(bob)).allMatch(FetchReport::complete);
    assertThat(Devices.texts(followed)).hasSize(20).contains("alice: (deleted)");
  }
}
