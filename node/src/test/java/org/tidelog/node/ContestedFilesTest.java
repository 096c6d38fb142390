package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.car.CarContents;
import org.tidelog.log.car.CarHeader;
import org.tidelog.log.car.CarReader;
import org.tidelog.log.car.CarWriter;

/** Logs that are contested, in files: whoever reads one learns of the contest. */
class ContestedFilesTest {
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

  private static ForkingAuthor author() {
    return new ForkingAuthor(1, TOPIC).append("both", "of us");
  }

  private static List<ErrorKind> kinds(FetchReport report) {
    return report.problems().stream().map(Problem::kind).distinct().toList();
  }

  private Path export(Tidelog tidelog, String label) {
    Path file = root.resolve(label + ".car");
    Topic topic = tidelog.topic(label).orElseThrow();
    ExportReport report =
        tidelog.exportCar(new Target(topic, Optional.empty()), file, Progress.none());
    assertThat(report.problems()).isEmpty();
    return file;
  }

  /** The file with another proof of its log. */
  private static Path withProof(Path file, byte[] proof) throws Exception {
    Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    CarContents contents;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      CarReader reader = new CarReader(in);
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        blocks.put(next.get().cid(), next.get().block());
      }
      contents = CarContents.in(reader.header(), cid -> Optional.ofNullable(blocks.get(cid)));
    }
    CarContents.Log log = contents.logs().get(0);
    Cid other = Cid.sha256(Codec.RAW, proof);
    blocks.put(other, proof);
    CarContents changed =
        new CarContents(
            List.of(
                new CarContents.Log(
                    log.name(), log.record(), log.index(), log.large(), Optional.of(other))));
    Cid root = Cid.sha256(Codec.DAG_CBOR, changed.encode());
    blocks.put(root, changed.encode());
    Path written = file.resolveSibling("changed.car");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
      CarWriter writer = new CarWriter(out, new CarHeader(changed.roots(root)));
      for (Map.Entry<Cid, byte[]> block : blocks.entrySet()) {
        writer.put(block.getKey(), block.getValue());
      }
    }
    return written;
  }

  /** A device that has met both branches, in that order of mirrors, and reaches none now. */
  private Tidelog met(String name, IpnsName log, String... mirrors) {
    Tidelog tidelog = device(name, mirrors);
    tidelog.follow(log, "log");
    assertThat(kinds(Devices.fetch(tidelog).get(0))).containsExactly(ErrorKind.FORK);
    tidelog.close();
    return device(name, "none");
  }

  @Test
  void aThirdLearnsOfTheContestFromAFile() throws Exception {
    ForkingAuthor one = author().append("mine");
    one.publish(mirror("a"));
    author().append("yours").publish(mirror("b"));
    Tidelog met = met("met", one.name(), "a", "b");
    Path file = export(met, "log");
    Tidelog third = device("third", "none");

    FetchReport taken = third.importCar(file, "log", Progress.none()).get(0);

    assertThat(kinds(taken)).containsExactly(ErrorKind.FORK);
    assertThat(taken.problems().get(0).what()).contains("from position 3 on");
    assertThat(taken.entries()).isEqualTo(4);
    assertThat(taken.complete()).isTrue();
    assertThat(third.forkProof(one.name()).orElseThrow())
        .isEqualTo(met.forkProof(one.name()).orElseThrow());
    LogStatus status = third.status().logs().get(0);
    assertThat(status.contested()).isTrue();
    assertThat(status.forkPoint()).hasValue(3);
    VerifyReport verified = third.verify(null, Progress.none()).get(0);
    assertThat(verified.problems()).extracting(Problem::kind).containsExactly(ErrorKind.FORK);
    assertThat(verified.problems().get(0).what()).contains("from position 3 on");
    Path again = export(third, "log");
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void isExportedAsItsFirstBranchWhicheverIndexWasReadLast() {
    ForkingAuthor shorter = author().appendMany("mine", 2_000);
    shorter.publish(mirror("a"));
    author().appendMany("yours", 3_000).publish(mirror("b"));
    for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
      String name = String.join("", order);
      Tidelog met = met(name, shorter.name(), order.toArray(new String[0]));

      Path file = export(met, "log");
      Tidelog third = device("third-" + name, "none");
      FetchReport taken = third.importCar(file, "log", Progress.none()).get(0);

      assertThat(kinds(taken)).containsExactly(ErrorKind.FORK);
      assertThat(taken.complete()).isTrue();
      assertThat(taken.entries()).isIn(2_003L, 3_003L);
      assertThat(third.status().logs().get(0).forkPoint()).hasValue(3);
    }
  }

  @Test
  void isExportedAsItsFirstBranchWhenTheOtherIsMetLater() {
    ForkingAuthor first = author().appendMany("mine", 2_000);
    first.publish(mirror("a"));
    author().appendMany("yours", 3_000).publish(mirror("b"));
    Tidelog before = device("reader", "a");
    before.follow(first.name(), "log");
    assertThat(Devices.fetch(before).get(0).problems()).isEmpty();
    before.close();
    Tidelog met = device("reader", "b");
    assertThat(kinds(Devices.fetch(met).get(0))).containsExactly(ErrorKind.FORK);
    met.close();

    Path file = export(device("reader", "none"), "log");
    FetchReport taken = device("third").importCar(file, "log", Progress.none()).get(0);

    assertThat(kinds(taken)).containsExactly(ErrorKind.FORK);
    assertThat(taken.complete()).isTrue();
    assertThat(taken.entries()).isEqualTo(2_003);
  }

  @Test
  void refusesProofsInFilesThatDoNotHold() throws Exception {
    ForkingAuthor one = author().append("mine");
    one.publish(mirror("a"));
    author().append("yours").publish(mirror("b"));
    Tidelog met = met("met", one.name(), "a", "b");
    byte[] proof = met.forkProof(one.name()).orElseThrow();
    ForkingAuthor honest = new ForkingAuthor(2, TOPIC).append("fine");
    honest.publish(mirror("h"));
    Tidelog source = device("source", "h");
    source.follow(honest.name(), "honest");
    Devices.fetch(source);
    Path file = export(source, "honest");
    byte[] forged = proof.clone();
    forged[200] ^= 1;
    Tidelog reader = device("reader", "none");

    for (byte[] wrong : List.of(proof, forged, new byte[0], new byte[9_000])) {
      FetchReport taken =
          reader.importCar(withProof(file, wrong), "honest", Progress.none()).get(0);

      assertThat(kinds(taken)).containsExactly(ErrorKind.BAD_PROOF);
      assertThat(reader.forkProof(honest.name())).isEmpty();
    }
    assertThat(reader.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void theAuthorGoesOnInANewLogAfterReadingTheProofInAFile() throws Exception {
    Tidelog alice = device("alice", "a");
    Topic notes = alice.createTopic("notes", true);
    notes.append("before");
    Devices.publish(alice);
    IpnsName old = notes.name().orElseThrow();
    Digest id = notes.id().orElseThrow();
    byte[] keys = Files.readAllBytes(root.resolve("alice").resolve("keys"));
    Secrets secrets = KeyStoreFile.parse(keys).unlockWithoutPassphrase().secrets();
    Signer stolen =
        DeviceKeys.of(secrets.deviceSeed())
            .log(id.bytes(), secrets.incarnation16(), LogPurpose.LOG);
    new ForkingAuthor(stolen, id).append("stolen").publish(mirror("b"));
    Path file = export(met("bob", old, "a", "b"), "log");

    FetchReport own = alice.importCar(file, null, Progress.none()).get(0);
    notes.append("after");

    assertThat(kinds(own)).containsExactly(ErrorKind.FORK);
    assertThat(notes.name().orElseThrow()).isNotEqualTo(old);
    assertThat(Devices.texts(notes)).contains("alice: before", "alice: after");
  }

  @Test
  void whatDoesNotSayWhereItsBlocksAreIsMissing() {
    ForkingAuthor author = author().appendLinked("no map at all".getBytes()).append("the end");
    author.publish(mirror("a"));
    Tidelog reader = device("reader", "a");
    reader.follow(author.name(), "log");
    Devices.fetch(reader);

    List<String> texts = Devices.texts(reader.topic("log").orElseThrow());

    assertThat(texts)
        .containsExactly(
            "mallory: both", "mallory: of us", "mallory: (missing)", "mallory: the end");
  }
}
