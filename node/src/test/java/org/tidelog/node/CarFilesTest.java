package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.car.CarReader;
import org.tidelog.log.car.CarWriter;

/** Logs on a stick: written on one device, read on another, with no mirror that both reach. */
class CarFilesTest {
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

  private Path stick(String name) {
    return root.resolve(name);
  }

  private static ExportReport export(Tidelog from, Topic topic, Path file) {
    return from.exportCar(new Target(topic, Optional.empty()), file, Progress.none());
  }

  private static List<FetchReport> take(Tidelog to, Path file) {
    return to.importCar(file, null, Progress.none());
  }

  private static List<String> said(Path home) {
    return DeletionTest.holding(home, List.of(DeletionTest.text(77)));
  }

  @Test
  void anOldFileNeverBringsBackWhatWasDeleted() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.appendAll(DeletionTest.drafts(0, 3_000));
    Devices.publish(alice);
    export(alice, notes, stick("old.car"));
    notes.delete(List.of(78L));
    Devices.publish(alice);
    export(alice, notes, stick("new.car"));
    assertThat(DeletionTest.holding(root, List.of(DeletionTest.text(77))))
        .containsExactly("old.car: " + DeletionTest.text(77));
    Tidelog bob = devices.make("bob");
    bob.follow(notes.name().orElseThrow(), "alice");
    // The deletion is here, and the page with what it deletes is not.
    bob.fetch(null, new FetchOptions(OptionalLong.of(1)), Progress.none());
    take(bob, stick("old.car"));
    assertThat(said(devices.home("bob"))).isEmpty();

    Tidelog carol = devices.make("carol");
    Topic followed = carol.follow(notes.name().orElseThrow(), "alice");
    take(carol, stick("old.car"));
    assertThat(said(devices.home("carol"))).isNotEmpty();
    take(carol, stick("new.car"));
    take(carol, stick("old.car"));

    assertThat(said(devices.home("carol"))).isEmpty();
    assertThat(Devices.texts(followed)).hasSize(3_000).contains("alice: (deleted)");
    assertThat(carol.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  private static void fill(Topic topic, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(Draft.text("number " + i + " " + "x".repeat(200)));
    }
    topic.importEntries(drafts.iterator(), Progress.none());
  }

  /** The file again, with some blocks left out or changed. */
  private static void rewrite(Path from, Path to, Predicate<CarReader.Section> kept)
      throws Exception {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(from));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      CarReader reader = new CarReader(in);
      CarWriter writer = new CarWriter(out, reader.header());
      while (true) {
        Optional<CarReader.Section> section = reader.next();
        if (section.isEmpty()) return;
        if (kept.test(section.get())) writer.put(section.get().cid(), section.get().block());
      }
    }
  }

  @Test
  void carriesALogIntoAnEmptyHome() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 3000);
    notes.append("the last");

    ExportReport written = export(alice, notes, stick("notes.car"));
    Tidelog bob = devices.make("bob");
    List<FetchReport> reports = take(bob, stick("notes.car"));

    assertThat(written.entries()).isEqualTo(3002);
    assertThat(written.bytes()).isEqualTo(stick("notes.car").toFile().length());
    assertThat(written.problems()).isEmpty();
    FetchReport report = reports.get(0);
    assertThat(reports).hasSize(1);
    assertThat(report.entries()).isEqualTo(3002);
    assertThat(report.complete()).isTrue();
    Topic read = bob.topic(notes.name().orElseThrow().shortText()).orElseThrow();
    assertThat(Devices.texts(read)).isEqualTo(Devices.texts(notes));
    assertThat(bob.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    assertThat(devices.mirror()).doesNotExist();
  }

  @Test
  void carriesALogOfWhichNothingIsPagedYet() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.append("just this");
    export(alice, notes, stick("notes.car"));
    Tidelog bob = devices.make("bob");

    bob.importCar(stick("notes.car"), "from alice", Progress.none());

    assertThat(Devices.texts(bob.topic("from alice").orElseThrow()))
        .containsExactly("alice: just this");
  }

  @Test
  void writesTheBlocksAndTheRecordThatAMirrorHas() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 3000);
    Devices.publish(alice);
    export(alice, notes, stick("notes.car"));
    byte[] first = Files.readAllBytes(stick("notes.car"));
    export(alice, notes, stick("notes.car"));

    assertThat(Files.readAllBytes(stick("notes.car"))).isEqualTo(first);
    Set<String> blocks = new LinkedHashSet<>();
    List<byte[]> bytes = new ArrayList<>();
    List<Cid> roots = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(first)) {
      CarReader reader = new CarReader(in);
      roots.addAll(reader.header().roots());
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        blocks.add(next.get().cid().text());
        bytes.add(next.get().block());
      }
    }
    List<String> mirrored = new ArrayList<>();
    try (Stream<Path> files = Files.walk(devices.mirror().resolve("blocks"))) {
      files.filter(Files::isRegularFile).forEach(f -> mirrored.add(f.getFileName().toString()));
    }
    assertThat(blocks).containsAll(mirrored).hasSize(mirrored.size() + 2);
    assertThat(roots).extracting(Cid::text).isSubsetOf(blocks);
    Path record = devices.mirror().resolve("names").resolve(notes.name().orElseThrow().text());
    assertThat(bytes).anyMatch(block -> Arrays.equals(block, readAll(record)));
  }

  private static byte[] readAll(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void carriesAPrivateTopicAndWhatOthersWroteInIt() throws Exception {
    byte[] large = new byte[700_000];
    new Random(3).nextBytes(large);
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    fill(family, 500);
    family.append(new ByteArrayInputStream(large), AppendOptions.defaults());
    export(alice, family, stick("a.car"));

    Tidelog bob = devices.make("bob");
    Topic bobs = bob.join(family.invitation(), null);
    assertThat(take(bob, stick("a.car"))).allMatch(FetchReport::complete);
    bobs.append("answer");
    ExportReport both = export(bob, bobs, stick("b.car"));
    Tidelog carol = devices.make("carol");
    Topic carols = carol.join(family.invitation(), null);
    List<FetchReport> reports = take(carol, stick("b.car"));

    assertThat(both.names()).hasSize(2);
    assertThat(both.problems()).isEmpty();
    assertThat(reports).hasSize(2).allMatch(FetchReport::complete);
    assertThat(Devices.texts(carols)).hasSize(502).endsWith("bob: answer");
    try (EntryStream entries = carols.read(ReadQuery.all());
        InputStream in = carols.open(largeOf(entries))) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
    // And back, where one of the logs is one's own.
    export(carol, carols, stick("c.car"));
    assertThat(take(alice, stick("c.car"))).hasSize(3).allMatch(r -> r.problems().isEmpty());
    assertThat(Devices.texts(family)).endsWith("bob: answer");
  }

  private static ReadEntry largeOf(EntryStream entries) {
    while (true) {
      ReadEntry entry = entries.next();
      if (entry.isLarge()) return entry;
    }
  }

  @Test
  void readsAFileThatRepeatsABlockWithoutEnd() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    notes.append("just this");
    export(alice, notes, stick("once.car"));
    byte[] empty = {};
    Cid cid = Cid.sha256(Codec.RAW, empty);
    try (InputStream in = Files.newInputStream(stick("once.car"));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(stick("bomb.car")))) {
      CarReader reader = new CarReader(in);
      CarWriter writer = new CarWriter(out, reader.header());
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        writer.put(next.get().cid(), next.get().block());
      }
      for (int i = 0; i < 200_000; i++) writer.put(cid, empty);
    }
    Tidelog bob = devices.make("bob");

    assertThat(take(bob, stick("bomb.car")).get(0).complete()).isTrue();
  }

  @Test
  void takesAnOlderFileAfterANewerOne() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 1000);
    export(alice, notes, stick("old.car"));
    fill(notes, 1000);
    export(alice, notes, stick("new.car"));
    Tidelog bob = devices.make("bob");
    take(bob, stick("new.car"));

    FetchReport report = take(bob, stick("old.car")).get(0);

    assertThat(report.entries()).isZero();
    assertThat(report.size()).isEqualTo(2001);
    assertThat(report.complete()).isTrue();
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void takesWhatAFileWithGapsHasAndTheRestFromAnother() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 3000);
    export(alice, notes, stick("whole.car"));
    int[] page = {0};
    rewrite(stick("whole.car"), stick("gaps.car"), section -> page[0]++ != 1);
    Tidelog bob = devices.make("bob");

    FetchReport part = take(bob, stick("gaps.car")).get(0);
    assertThat(part.complete()).isFalse();
    assertThat(part.missing()).hasSize(1);
    assertThat(part.problems()).extracting(Problem::kind).containsOnly(ErrorKind.INCOMPLETE);
    Topic read = bob.topic(notes.name().orElseThrow().shortText()).orElseThrow();
    assertThatThrownBy(() -> export(bob, read, stick("again.car")))
        .isInstanceOf(TidelogException.class)
        .hasMessageContaining("cannot export");
    assertThat(stick("again.car")).doesNotExist();
    FetchReport rest = take(bob, stick("whole.car")).get(0);

    assertThat(rest.complete()).isTrue();
    assertThat(part.entries() + rest.entries()).isEqualTo(3001);
    assertThat(Devices.texts(read)).hasSize(3000);
  }

  @Test
  void refusesEveryDamagedOrShortenedFileBeforeTakingAnything() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 20);
    export(alice, notes, stick("good.car"));
    byte[] good = Files.readAllBytes(stick("good.car"));
    Tidelog bob = devices.make("bob");

    for (int at = 0; at < good.length; at += 37) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x10;
      assertRefused(bob, flipped);
      assertRefused(bob, Arrays.copyOf(good, at));
    }
    assertRefused(bob, Arrays.copyOf(good, good.length + 1));

    assertThat(bob.topics()).isEmpty();
    assertThat(bob.status().logs()).isEmpty();
  }

  private void assertRefused(Tidelog bob, byte[] bytes) throws IOException {
    Path file = Files.write(stick("bad.car"), bytes);
    assertThatThrownBy(() -> take(bob, file))
        .isInstanceOfSatisfying(
            TidelogException.class,
            e -> assertThat(e.kind().exitCode()).as(e.getMessage()).isEqualTo(3));
  }

  @Test
  void passesAFollowedLogOn() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 3000);
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic read = bob.follow(notes.name().orElseThrow(), "notes");
    Devices.fetch(bob);

    ExportReport written = export(bob, read, stick("passed.car"));
    export(alice, notes, stick("own.car"));

    assertThat(written.entries()).isEqualTo(3001);
    assertThat(readAll(stick("passed.car"))).isEqualTo(readAll(stick("own.car")));
  }

  @Test
  void passesOnWhatCameByStick() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 3000);
    export(alice, notes, stick("a.car"));
    Tidelog bob = devices.make("bob");
    take(bob, stick("a.car"));

    export(bob, bob.topics().get(0), stick("b.car"));

    assertThat(readAll(stick("b.car"))).isEqualTo(readAll(stick("a.car")));
  }

  @Test
  void leavesDeletedAndExpiredTextOut() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    Receipt secret = notes.append("regretted at once");
    AppendOptions minutes = new AppendOptions(Optional.of(Duration.ofMinutes(5)), false);
    notes.append(Draft.text("gone by tomorrow").with(minutes));
    fill(notes, 50);
    notes.delete(List.of(secret.seq()));
    devices.later(Duration.ofMinutes(10));

    export(alice, notes, stick("notes.car"));

    String file =
        new String(readAll(stick("notes.car")), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(file).contains("number 7").doesNotContain("regretted").doesNotContain("tomorrow");
  }

  @Test
  void beginsAnewWhereAFileHasMoreOfAnOwnLogAndTakesThat() throws Exception {
    Tidelog alice = devices.make("alice");
    IpnsName old = alice.createTopic("notes", true).name().orElseThrow();
    alice.topic("notes").orElseThrow().append("first");
    alice.close();
    copy(devices.home("alice"), devices.home("before"));
    Tidelog ahead = devices.reopen("alice");
    ahead.topic("notes").orElseThrow().append("second");
    export(ahead, ahead.topic("notes").orElseThrow(), stick("ahead.car"));
    assertThat(take(ahead, stick("ahead.car"))).allMatch(r -> r.problems().isEmpty());
    assertThat(ahead.topic("notes").orElseThrow().name()).contains(old);
    ahead.close();

    Tidelog behind = devices.reopen("before");
    List<FetchReport> reports = take(behind, stick("ahead.car"));
    Topic notes = behind.topic("notes").orElseThrow();
    notes.append("third");

    assertThat(reports).extracting(FetchReport::entries).containsExactly(1L);
    assertThat(Devices.texts(notes))
        .containsExactly("alice: first", "alice: second", "alice: third");
    assertThat(notes.name()).isNotEqualTo(Optional.of(old));
    ExportReport both = export(behind, notes, stick("both.car"));
    assertThat(both.names()).hasSize(2).contains(old);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void putsLogsUnderTheLabelAskedFor() {
    Tidelog alice = devices.make("alice");
    Topic one = alice.createTopic("one", true);
    one.append("1");
    Topic other = alice.createTopic("other", true);
    other.append("2");
    export(alice, one, stick("one.car"));
    Tidelog bob = devices.make("bob");
    Topic joined = bob.join(other.invitation(), "joined");

    FetchReport foreign = bob.importCar(stick("one.car"), "joined", Progress.none()).get(0);

    assertThat(foreign.problems()).extracting(Problem::kind).contains(ErrorKind.BAD_GENESIS);
    assertThat(joined.logs()).doesNotContain(one.name().orElseThrow());
    IpnsName name = one.name().orElseThrow();
    assertThat(bob.importCar(stick("one.car"), "mine", Progress.none()).get(0).name())
        .isEqualTo(name);
    assertThat(Devices.texts(bob.topic("mine").orElseThrow())).containsExactly("alice: 1");
  }

  @Test
  void writesNoFileWhereItCannot() throws Exception {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    Files.createDirectory(stick("folder"));

    assertThatThrownBy(() -> export(alice, notes, stick("folder")))
        .hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> export(alice, notes, stick("nowhere").resolve("x.car")))
        .isInstanceOf(TidelogException.class);
    assertThatThrownBy(() -> take(alice, stick("folder"))).hasMessageContaining("regular file");
    assertThatThrownBy(() -> take(alice, stick("none.car")))
        .hasMessageContaining("there is no such file");
  }
}
