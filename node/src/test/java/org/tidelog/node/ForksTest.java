package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.DeviceKeys;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.keystore.Secrets;

/** What becomes of a log whose author signs two continuations of it. */
class ForksTest {
  private static final Digest TOPIC = Digest.of(new byte[32]);

  @TempDir Path root;
  private final List<Tidelog> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Tidelog::close);
  }

  private Path mirror(String name) {
    return root.resolve("mirror-" + name);
  }

  /** A device that looks into these mirrors; made where it is not there yet. */
  private Tidelog device(String name, String... mirrors) {
    Path home = root.resolve(name);
    if (!Files.exists(home)) Tidelog.init(home, InitOptions.defaults().withDisplayName(name));
    List<String> places = Arrays.stream(mirrors).map(m -> mirror(m).toString()).toList();
    TidelogOptions options =
        TidelogOptions.defaults().withMirrors(places).withTime(() -> Devices.NOON);
    Tidelog tidelog = Tidelog.open(home, options);
    open.add(tidelog);
    return tidelog;
  }

  private void close(Tidelog tidelog) {
    tidelog.close();
    open.remove(tidelog);
  }

  private FetchReport fetch(String name, String... mirrors) {
    Tidelog tidelog = device(name, mirrors);
    FetchReport report = Devices.fetch(tidelog).get(0);
    close(tidelog);
    return report;
  }

  private static List<ErrorKind> kinds(FetchReport report) {
    return report.problems().stream().map(Problem::kind).distinct().toList();
  }

  private static List<ReadEntry> entries(Tidelog tidelog, String label) {
    List<ReadEntry> read = new ArrayList<>();
    try (EntryStream entries = tidelog.topic(label).orElseThrow().read(ReadQuery.all())) {
      entries.forEachRemaining(read::add);
    }
    return read;
  }

  /** Text and branch of each entry. */
  private List<String> marked(String name) {
    Tidelog tidelog = device(name);
    List<String> marked = new ArrayList<>();
    for (ReadEntry entry : entries(tidelog, "log")) {
      OptionalInt branch = entry.branch();
      String text = entry.text().orElse("(" + entry.state().word() + ")");
      marked.add(branch.isPresent() ? text + " #" + branch.getAsInt() : text);
    }
    close(tidelog);
    return marked;
  }

  private void follow(String device, IpnsName log) {
    Tidelog tidelog = device(device);
    tidelog.follow(log, "log");
    close(tidelog);
  }

  private static ForkingAuthor author() {
    return new ForkingAuthor(1, TOPIC).append("both", "of us");
  }

  @Test
  void keepsBothBranchesInWhateverOrderTheyAreMet() {
    ForkingAuthor one = author().append("mine");
    ForkingAuthor other = author().append("yours", "and more");
    one.publish(mirror("a"));
    other.publish(mirror("b"));
    follow("first", one.name());
    follow("second", one.name());

    assertThat(fetch("first", "a").problems()).isEmpty();
    assertThat(marked("first")).containsExactly("both", "of us", "mine");
    assertThat(kinds(fetch("first", "b"))).containsExactly(ErrorKind.FORK);
    assertThat(fetch("second", "b").problems()).isEmpty();
    assertThat(kinds(fetch("second", "a"))).containsExactly(ErrorKind.FORK);

    List<String> seen = marked("first");
    assertThat(seen).hasSize(5).startsWith("both", "of us");
    assertThat(seen.stream().filter(text -> text.contains("#")).toList())
        .hasSize(3)
        .anyMatch(text -> text.startsWith("mine"))
        .anyMatch(text -> text.startsWith("and more"));
    assertThat(marked("second")).isEqualTo(seen);
  }

  @Test
  void takesBothAtFirstContactAndGoesOnWithEach() {
    ForkingAuthor one = author().appendMany("mine", 2_000);
    ForkingAuthor other = author().appendMany("yours", 3_000);
    one.publish(mirror("a"));
    other.publish(mirror("b"));
    follow("reader", one.name());

    FetchReport met = fetch("reader", "a", "b");
    one.append("still mine").publish(mirror("a"));
    other.append("still yours").publish(mirror("b"));
    FetchReport again = fetch("reader", "a", "b");

    assertThat(kinds(met)).containsExactly(ErrorKind.FORK);
    assertThat(met.problems()).hasSize(1);
    assertThat(met.problems().get(0).what()).contains("from position 3 on");
    assertThat(met.entries()).isEqualTo(3 + 2_000 + 3_000);
    assertThat(met.complete()).isTrue();
    assertThat(again.entries()).isEqualTo(2);
    assertThat(again.complete()).isTrue();
    assertThat(marked("reader")).hasSize(2 + 5_002).contains("both");
    FetchReport nothing = fetch("reader", "a", "b");
    assertThat(nothing.entries()).isZero();
    assertThat(nothing.blocksRead()).isZero();
    assertThat(kinds(nothing)).containsExactly(ErrorKind.FORK);
  }

  @Test
  void obeysWhatEitherBranchDeletes() {
    ForkingAuthor one = author().append("only the first says this");
    ForkingAuthor other = author().append("only the second says this", "and goes on");
    one.publish(mirror("a"));
    other.publish(mirror("b"));
    follow("reader", one.name());
    fetch("reader", "a", "b");
    assertThat(marked("reader")).hasSize(5).contains("both");

    // Position 3 is another entry in the first branch; position 1 is the same in both.
    other.delete(1, 3).publish(mirror("b"));
    FetchReport after = fetch("reader", "a", "b");

    assertThat(kinds(after)).containsExactly(ErrorKind.FORK);
    assertThat(after.complete()).isTrue();
    List<String> gone = List.of("only the second says this", "both");
    assertThat(DeletionTest.holding(root.resolve("reader"), gone)).isEmpty();
    List<String> left = marked("reader");
    assertThat(left).hasSize(5).startsWith("(deleted)", "of us");
    assertThat(left).anyMatch(text -> text.startsWith("only the first says this #"));
    assertThat(left).anyMatch(text -> text.startsWith("(deleted) #"));

    FetchReport again = fetch("reader", "a", "b");
    assertThat(again.entries()).isZero();
    assertThat(kinds(again)).containsExactly(ErrorKind.FORK);
    assertThat(marked("reader")).isEqualTo(left);
    follow("late", one.name());
    fetch("late", "b", "a");
    assertThat(DeletionTest.holding(root.resolve("late"), gone)).isEmpty();
    assertThat(marked("late")).isEqualTo(left);
  }

  @Test
  void tellsVerifyAndStatusAndGivesTheProof() {
    ForkingAuthor one = author().append("mine");
    one.publish(mirror("a"));
    author().append("yours").publish(mirror("b"));
    follow("reader", one.name());
    fetch("reader", "a", "b");

    Tidelog reader = device("reader");
    VerifyReport verified = reader.verify(null, Progress.none()).get(0);
    LogStatus status = reader.status().logs().get(0);
    ForkReport proof = ForkReport.check(reader.forkProof(one.name()).orElseThrow());

    assertThat(verified.ok()).isFalse();
    assertThat(verified.problems()).extracting(Problem::kind).containsExactly(ErrorKind.FORK);
    assertThat(verified.entries()).isEqualTo(5);
    assertThat(status.contested()).isTrue();
    assertThat(status.forkPoint()).hasValue(3);
    assertThat(proof.name()).isEqualTo(one.name());
    assertThat(proof.point()).hasValue(3);
    assertThat(proof.ids()).hasSize(2);
    assertThat(proof.sizes()).containsExactly(4L, 4L);
  }

  @Test
  void carriesTheProofToWhoHasMetOneBranchOnly() {
    Tidelog alice = device("alice", "a", "b");
    Topic topic = alice.createTopic("family", true);
    Digest id = topic.id().orElseThrow();
    ForkingAuthor one = new ForkingAuthor(1, id).append("both", "mine");
    one.publish(mirror("a"));
    new ForkingAuthor(1, id).append("both", "yours").publish(mirror("b"));
    alice.follow(one.name(), "family");
    assertThat(kinds(Devices.fetch(alice).get(0))).containsExactly(ErrorKind.FORK);
    close(alice);
    Tidelog publishing = device("alice", "c");
    Devices.publish(publishing);
    one.publish(mirror("c"));
    follow("bob", one.name());

    FetchReport report = fetch("bob", "c");

    assertThat(mirror("c").resolve("forks").resolve(one.name().text())).isRegularFile();
    assertThat(kinds(report)).containsExactly(ErrorKind.FORK);
    assertThat(report.complete()).isTrue();
    assertThat(marked("bob")).hasSize(2).startsWith("both").anyMatch(t -> t.startsWith("mine #"));
    new ForkingAuthor(1, id).append("both", "yours").publish(mirror("b"));
    fetch("bob", "b");
    assertThat(marked("bob")).hasSize(3).anyMatch(text -> text.startsWith("yours #"));
  }

  @Test
  void refusesProofsThatDoNotHold() throws Exception {
    ForkingAuthor one = author().append("mine");
    one.publish(mirror("a"));
    author().append("yours").publish(mirror("b"));
    follow("met", one.name());
    fetch("met", "a", "b");
    byte[] proof;
    try (Tidelog met = device("met")) {
      proof = met.forkProof(one.name()).orElseThrow();
    }
    open.clear();
    ForkingAuthor honest = new ForkingAuthor(2, TOPIC).append("fine");
    honest.publish(mirror("h"));
    follow("reader", honest.name());
    byte[] forged = proof.clone();
    forged[200] ^= 1;
    List<byte[]> wrong =
        List.of(proof, forged, Arrays.copyOf(proof, 100), new byte[0], new byte[9_000]);
    for (byte[] bytes : wrong) {
      Path file = mirror("h").resolve("forks").resolve(honest.name().text());
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);

      FetchReport report = fetch("reader", "h");

      assertThat(kinds(report)).isSubsetOf(ErrorKind.BAD_PROOF);
      if (bytes.length <= 4_096) assertThat(report.problems()).hasSize(1);
      Tidelog reader = device("reader");
      assertThat(reader.forkProof(honest.name())).isEmpty();
      assertThat(reader.verify(null, Progress.none())).allMatch(VerifyReport::ok);
      close(reader);
    }
    assertThat(marked("reader")).containsExactly("fine");
  }

  @Test
  void namesAThirdBranchAndLeavesItAlone() {
    ForkingAuthor one = author().append("mine", "m");
    one.publish(mirror("a"));
    author().append("yours").publish(mirror("b"));
    author().append("hers").publish(mirror("c"));
    author().append("mine", "later").publish(mirror("d"));
    follow("reader", one.name());
    fetch("reader", "a", "b");
    List<String> before = marked("reader");

    for (String third : List.of("c", "d")) {
      FetchReport report = fetch("reader", third);
      assertThat(kinds(report)).containsExactly(ErrorKind.FORK);
      assertThat(report.problems())
          .anyMatch(problem -> problem.what().startsWith("a third branch"));
    }

    assertThat(marked("reader")).isEqualTo(before);
  }

  @Test
  void saysThatTheProofIsNotThereYetWhileTheEntriesAreMissing() throws Exception {
    ForkingAuthor one = author().appendMany("mine", 500);
    ForkingAuthor other = author().appendMany("yours", 900);
    one.publish(mirror("a"));
    other.publish(mirror("b"));
    Files.move(mirror("b").resolve("blocks"), mirror("b").resolve("away"));
    follow("reader", one.name());
    fetch("reader", "a");

    FetchReport without = fetch("reader", "b");
    Files.move(mirror("b").resolve("away"), mirror("b").resolve("blocks"));
    FetchReport with = fetch("reader", "b");

    assertThat(without.complete()).isFalse();
    assertThat(without.problems()).isNotEmpty();
    assertThat(kinds(with)).containsExactly(ErrorKind.FORK);
    assertThat(with.problems().get(0).what()).contains("from position 3 on");
    assertThat(marked("reader")).hasSize(2 + 500 + 900);
  }

  @Test
  void deliversBothBranchesToACursorOnce() {
    ForkingAuthor one = author().append("mine");
    one.publish(mirror("a"));
    author().append("yours").publish(mirror("b"));
    follow("reader", one.name());
    fetch("reader", "a");
    Tidelog before = device("reader");
    Cursor.Batch first = before.topic("log").orElseThrow().cursor("app").next(10);
    assertThat(first.entries()).hasSize(3);
    first.acknowledge();
    close(before);
    fetch("reader", "b");

    Tidelog after = device("reader");
    Cursor cursor = after.topic("log").orElseThrow().cursor("app");
    Cursor.Batch second = cursor.next(10);
    second.acknowledge();

    assertThat(second.entries()).extracting(e -> e.text().orElseThrow()).containsExactly("yours");
    assertThat(cursor.next(10).entries()).isEmpty();
  }

  /** The key of a device's log, as whoever has copied its folder has it. */
  private Signer stolenKey(String device, Digest topic) throws Exception {
    byte[] file = Files.readAllBytes(root.resolve(device).resolve("keys"));
    Secrets secrets = KeyStoreFile.parse(file).unlockWithoutPassphrase().secrets();
    return DeviceKeys.of(secrets.deviceSeed())
        .log(topic.bytes(), secrets.incarnation16(), LogPurpose.LOG);
  }

  @Test
  void theAuthorGoesOnInANewLogOnceTheOldOneIsProvedToBeContested() throws Exception {
    Tidelog alice = device("alice", "a");
    Topic notes = alice.createTopic("notes", true);
    notes.append("before");
    Devices.publish(alice);
    IpnsName old = notes.name().orElseThrow();
    Digest id = notes.id().orElseThrow();
    new ForkingAuthor(stolenKey("alice", id), id).append("stolen").publish(mirror("b"));
    follow("bob", old);
    assertThat(kinds(fetch("bob", "a", "b"))).containsExactly(ErrorKind.FORK);
    Tidelog bob = device("bob");
    byte[] proof = bob.forkProof(old).orElseThrow();
    Path carried = mirror("a").resolve("forks").resolve(old.text());
    Files.createDirectories(carried.getParent());
    byte[] forged = proof.clone();
    forged[150] ^= 1;

    Files.write(carried, forged);
    Devices.fetch(alice);
    notes.append("still the same");
    assertThat(notes.name()).contains(old);
    Files.write(carried, proof);
    Devices.fetch(alice);
    notes.append("after");
    Devices.publish(alice);

    assertThat(notes.name().orElseThrow()).isNotEqualTo(old);
    assertThat(alice.status().logs())
        .filteredOn(log -> log.name().equals(old))
        .singleElement()
        .satisfies(log -> assertThat(log.own()).isFalse())
        .satisfies(log -> assertThat(log.contested()).isTrue());
    assertThat(Devices.texts(notes)).contains("alice: before", "alice: after");
  }
}
