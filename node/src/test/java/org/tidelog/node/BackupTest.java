package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.node.Backups.backup;
import static org.tidelog.node.Devices.fetch;
import static org.tidelog.node.Devices.publish;
import static org.tidelog.node.Devices.texts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.DeviceKeys;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.Hkdf;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.BackupHeader;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.BlockSealer;

/** What a backup holds and what is made of it, seen from the facade. */
final class BackupTest {
  @TempDir Path root;
  private Devices devices;
  private Path file;

  @BeforeEach
  void begin() {
    devices = new Devices(root);
    file = root.resolve("kim.tdlb");
  }

  @AfterEach
  void end() {
    devices.close();
  }

  private RestoreReport restore(String name) {
    return Backups.restore(file, devices.home(name));
  }

  @Test
  void bringsBackWhatTheDeviceHad() throws IOException {
    Tidelog kim = devices.make("kim");
    Topic family = kim.createTopic("family", false);
    Topic notes = kim.createTopic("notes", true);
    family.append("one");
    notes.append("open one");
    family.append("two");
    BackupReport made = backup(kim, file);

    RestoreReport report = restore("kim-2");
    Tidelog again = devices.reopen("kim-2");

    assertThat(made.entries()).isEqualTo(5);
    assertThat(made.bytes()).isEqualTo(Files.size(file));
    assertThat(made.problems()).isEmpty();
    assertThat(report.entries()).isEqualTo(5);
    assertThat(report.bytes()).isEqualTo(made.bytes());
    assertThat(report.topics()).isEqualTo(2);
    assertThat(report.made()).isEqualTo(Devices.NOON);
    assertThat(report.device().displayName()).contains("kim");
    assertThat(again.device().peerId())
        .isEqualTo(report.device().peerId())
        .isNotEqualTo(kim.device().peerId());
    assertThat(texts(again.topic("family").orElseThrow())).containsExactly("kim: one", "kim: two");
    assertThat(texts(again.topic("notes").orElseThrow())).containsExactly("kim: open one");
    assertThat(again.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  /** What signs stays behind: who finds a backup and its passphrase cannot write as this device. */
  @Test
  void holdsNoKeyThatSigns() throws Exception {
    Tidelog kim = devices.make("kim");
    kim.createTopic("family", false).append("one");
    String topic = kim.topic("family").orElseThrow().id().orElseThrow().hex();
    backup(kim, file);
    kim.close();
    Secrets secrets =
        KeyStoreFile.parse(Files.readAllBytes(devices.home("kim").resolve("keys")))
            .unlockWithoutPassphrase()
            .secrets();
    byte[] logSeed =
        Hkdf.sha256(
            secrets.deviceSeed(),
            new byte[0],
            new ByteWriter()
                .bytes(Sha256.tag("tidelog/log/1"))
                .u8(LogPurpose.LOG.code())
                .bytes(Hex.decode(topic))
                .bytes(secrets.incarnation16())
                .toByteArray(),
            32);
    byte[] deviceKeySeed =
        Hkdf.sha256(secrets.deviceSeed(), new byte[0], Sha256.tag("tidelog/device/1"), 32);

    String plain = Hex.encode(plain(Files.readAllBytes(file)));

    assertThat(plain).contains(Hex.encode(secrets.recoverySeed()));
    assertThat(plain).contains(Hex.encode(secrets.topicSecrets().get(topic)));
    assertThat(Ed25519.signer(logSeed).publicKey())
        .isEqualTo(kimsLog(secrets, topic)); // The right seed was looked for.
    for (byte[] key :
        List.of(secrets.deviceSeed(), secrets.networkSeed(), logSeed, deviceKeySeed)) {
      assertThat(plain).doesNotContain(Hex.encode(key));
    }
    assertThat(Hex.encode(Files.readAllBytes(file)))
        .doesNotContain(Hex.encode(secrets.recoverySeed()));
  }

  private static byte[] kimsLog(Secrets secrets, String topic) throws Exception {
    return DeviceKeys.of(secrets.deviceSeed())
        .log(Hex.decode(topic), secrets.incarnation16(), LogPurpose.LOG)
        .publicKey();
  }

  /** As the specification says, and not as the program does. */
  private static byte[] plain(byte[] sealed) throws Exception {
    BackupHeader header = BackupHeader.parse(Arrays.copyOf(sealed, 91));
    BlockSealer sealer = new BlockSealer(header.unlock("correct horse".toCharArray()));
    ByteWriter plain = new ByteWriter();
    int at = 91;
    for (long i = 0; at < sealed.length; i++) {
      int to = Math.min(sealed.length, at + 65_552);
      byte[] chunk = Arrays.copyOfRange(sealed, at, to);
      plain.bytes(sealer.open(i, to == sealed.length, chunk).orElseThrow());
      at = to;
    }
    return plain.toByteArray();
  }

  @Test
  void takesLargePayloadsDeletionsAndCursorsAlong() throws IOException {
    byte[] large = new byte[700_000];
    new Random(5).nextBytes(large);
    Tidelog kim = devices.make("kim");
    Topic family = kim.createTopic("family", false);
    family.append("kept");
    Receipt gone = family.append("taken back");
    Cursor cursor = family.cursor("screen");
    cursor.next(1).acknowledge();
    Receipt picture = family.append(new ByteArrayInputStream(large), AppendOptions.defaults());
    family.delete(List.of(gone.seq()));
    backup(kim, file);

    restore("kim-2");
    Tidelog again = devices.reopen("kim-2");
    Topic back = again.topic("family").orElseThrow();

    List<ReadEntry> entries = entries(back);
    assertThat(entries).hasSize(3);
    assertThat(entries.get(1).state()).isEqualTo(PayloadState.DELETED);
    assertThat(entries.get(2).seq()).isEqualTo(picture.seq());
    try (InputStream in = back.open(entries.get(2))) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
    assertThat(back.cursor("screen").next(9).entries())
        .extracting(ReadEntry::seq)
        .containsExactly(gone.seq(), picture.seq());
    assertThat(again.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  private static List<ReadEntry> entries(Topic topic) {
    List<ReadEntry> all = new ArrayList<>();
    try (EntryStream entries = topic.read(ReadQuery.all())) {
      entries.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  void takesWhatIsOnlyFollowedAlong() {
    Tidelog kim = devices.make("kim");
    Topic open = kim.createTopic("notes", true);
    open.append("one");
    publish(kim);
    Tidelog lee = devices.make("lee");
    lee.follow(open.name().orElseThrow(), "kims notes");
    fetch(lee);
    backup(lee, file);

    restore("lee-2");
    Tidelog again = devices.reopen("lee-2");
    open.append("two");
    publish(kim);
    assertThat(texts(again.topic("kims notes").orElseThrow())).containsExactly("kim: one");
    fetch(again);

    assertThat(texts(again.topic("kims notes").orElseThrow()))
        .containsExactly("kim: one", "kim: two");
  }

  /** A log of which only the end was fetched is proved by its head, from there back. */
  @Test
  void takesALogWithGapsAlong() {
    Tidelog kim = devices.make("kim");
    Topic notes = kim.createTopic("notes", true);
    for (int i = 0; i < 40; i++) {
      notes.append(("line " + i + " ").repeat(300));
    }
    publish(kim);
    Tidelog lee = devices.make("lee");
    lee.follow(notes.name().orElseThrow(), "notes");
    lee.fetch(null, new FetchOptions(OptionalLong.of(40_000)), Progress.none());
    long held = lee.verify(null, Progress.none()).get(0).entries();
    BackupReport made = backup(lee, file);

    restore("lee-2");
    Tidelog again = devices.reopen("lee-2");
    VerifyReport verified = again.verify(null, Progress.none()).get(0);

    assertThat(held).isBetween(1L, 40L);
    assertThat(made.entries()).isEqualTo(held);
    assertThat(verified.ok()).isTrue();
    assertThat(verified.entries()).isEqualTo(held);
    assertThat(fetch(again)).allMatch(FetchReport::complete);
    assertThat(entries(again.topic("notes").orElseThrow())).hasSize(40);
  }

  @Test
  void takesTheProofOfAForkAlong() {
    Tidelog lee = devices.make("lee");
    ForkingAuthor one = new ForkingAuthor(1, Sha256.hash(new byte[] {1})).append("both", "mine");
    ForkingAuthor other = new ForkingAuthor(1, Sha256.hash(new byte[] {1})).append("both", "yours");
    lee.follow(one.name(), "log");
    one.publish(devices.mirror());
    fetch(lee);
    other.append("and more").publish(devices.mirror());
    fetch(lee);
    byte[] proof = lee.forkProof(one.name()).orElseThrow();
    backup(lee, file);

    restore("lee-2");

    assertThat(devices.reopen("lee-2").forkProof(one.name()).orElseThrow()).isEqualTo(proof);
  }

  @Test
  void leavesHintsOut() {
    Tidelog kim = devices.make("kim");
    IpnsName hinted = new ForkingAuthor(1, Sha256.hash(new byte[] {1})).name();
    kim.createTopic("notes", true).append("one");
    kim.close();
    assertThat(members("kim", core -> core.book.putMember("notes", hinted, Membership.HINTED)))
        .contains(hinted);
    backup(devices.reopen("kim"), file);

    restore("kim-2");

    assertThat(members("kim-2", core -> {})).isNotEmpty().doesNotContain(hinted);
  }

  private Set<IpnsName> members(String name, Consumer<Core> before) {
    Core core = Homes.open(devices.home(name), TidelogOptions.defaults());
    try {
      before.accept(core);
      core.book.commit();
      return core.book.members("notes").keySet();
    } finally {
      core.store.close();
      core.home.close();
    }
  }
}
