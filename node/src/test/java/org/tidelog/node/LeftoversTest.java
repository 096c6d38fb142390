package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.folder.FolderStore;

/**
 * Nothing stays in a mirror, or in the home, that no entry leads to: whatever went wrong before.
 */
class LeftoversTest {
  private static final String SECRET = "the text that was taken back";
  private static final int ENTRIES = 30;

  @TempDir Path root;
  private Devices devices;
  private Tidelog tidelog;
  private Topic topic;
  private IpnsName name;

  @BeforeEach
  void aLogWithPages() {
    devices = new Devices(root);
    tidelog = devices.make("anna");
    topic = tidelog.createTopic("news", true);
    name = topic.name().orElseThrow();
    for (int i = 1; i <= ENTRIES; i++) {
      topic.append((i == 3 ? SECRET : "entry " + i + " ") + ".".repeat(2_000));
    }
  }

  @AfterEach
  void close() {
    devices.close();
  }

  @Test
  void dropsWhatAPublicationHasLeftThatWasKilledBeforeItsCommit() throws Exception {
    killedAfterTheRecord();
    topic.delete(List.of(3L));
    topic.append("more".repeat(1_000));

    Devices.publish(tidelog);

    namesEveryBlock(devices.mirror());
    assertThat(textsBelow(devices.mirror())).doesNotContain(SECRET);
  }

  /** The home's store as it was before, beside the mirror as it is after. */
  private void killedAfterTheRecord() throws IOException {
    Path store = devices.home("anna").resolve("log.db");
    tidelog.close();
    Path before = root.resolve("before.db");
    Files.copy(store, before);
    tidelog = devices.reopen("anna");
    Devices.publish(tidelog);
    tidelog.close();
    Files.copy(before, store, StandardCopyOption.REPLACE_EXISTING);
    tidelog = devices.reopen("anna");
    topic = tidelog.topic("news").orElseThrow();
  }

  @Test
  void dropsWhatAPublicationHasLeftThatFailed() throws Exception {
    Path inTheWay = devices.mirror().resolve("names").resolve(name.text()).resolve("in the way");
    Files.createDirectories(inTheWay);
    assertThatThrownBy(() -> Devices.publish(tidelog))
        .isInstanceOf(TidelogException.class)
        .hasMessageContaining("remove it");
    assertThat(textsBelow(devices.mirror())).contains(SECRET);
    topic.delete(List.of(3L));
    tidelog.close();
    Files.delete(inTheWay);
    tidelog = devices.reopen("anna");

    Devices.publish(tidelog);

    namesEveryBlock(devices.mirror());
    assertThat(textsBelow(devices.mirror())).doesNotContain(SECRET);
  }

  @Test
  void dropsWhatAMirrorHasThatWasAwayMeanwhile() throws Exception {
    Devices.publish(tidelog);
    Path stick = root.resolve("stick");
    Files.move(devices.mirror(), stick);
    topic.delete(List.of(3L));
    Devices.publish(tidelog);
    assertThat(textsBelow(stick)).contains(SECRET);
    Files.move(devices.mirror(), root.resolve("other"));
    Files.move(stick, devices.mirror());

    Devices.publish(tidelog);

    namesEveryBlock(devices.mirror());
    assertThat(textsBelow(devices.mirror())).doesNotContain(SECRET);
  }

  @Test
  void removesTheBlocksOfAPayloadThatCouldNotBeReadToItsEnd() throws Exception {
    assertThatThrownBy(() -> topic.append(endless(new IOException("gone")), options()))
        .isInstanceOf(TidelogException.class);

    assertThat(files(devices.home("anna").resolve("blobs"))).isEmpty();
  }

  @Test
  void removesTheBlocksOfAPayloadWhoseProcessWasKilled() throws Exception {
    Path blobs = devices.home("anna").resolve("blobs");
    assertThatThrownBy(() -> topic.append(endless(new Killed()), options()))
        .isInstanceOf(Killed.class);
    assertThat(files(blobs)).isNotEmpty();
    tidelog.close();

    devices.reopen("anna");

    assertThat(files(blobs)).isEmpty();
  }

  @Test
  void keepsTheBlocksOfAPayloadThatWasAppended() throws Exception {
    byte[] large = new byte[5_000_000];
    topic.append(new ByteArrayInputStream(large), options());
    tidelog.close();

    tidelog = devices.reopen("anna");

    assertThat(tidelog.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    Topic again = tidelog.topic("news").orElseThrow();
    try (EntryStream entries = again.read(ReadQuery.all().withLast(1));
        InputStream in = again.open(entries.next())) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
  }

  @Test
  void dropsALargePayloadHereAndInTheMirror() throws Exception {
    Receipt large = topic.append(new ByteArrayInputStream(new byte[1_000_000]), options());
    Devices.publish(tidelog);

    topic.delete(List.of(large.seq()));
    Devices.publish(tidelog);

    assertThat(files(devices.home("anna").resolve("blobs"))).isEmpty();
    namesEveryBlock(devices.mirror());
  }

  private static AppendOptions options() {
    return AppendOptions.defaults();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A few megabytes of zeros, then nothing more is done. */
  private static InputStream endless(Throwable end) {
    return new InputStream() {
      private int left = 5_000_000;

      @Override
      public int read() throws IOException {
        if (left-- > 0) return 0;
        if (end instanceof IOException e) throw e;
        throw (Error) end;
      }
    };
  }

  private void namesEveryBlock(Path mirror) throws IOException {
    byte[] record = Files.readAllBytes(mirror.resolve("names").resolve(name.text()));
    Set<String> named =
        StaleTree.of(name, record, new FolderStore(mirror), Ed25519.verifier()).stream()
            .map(Object::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> there = new TreeSet<>();
    for (Path file : files(mirror.resolve("blocks"))) {
      there.add(file.getFileName().toString());
    }
    assertThat(there).isEqualTo(named);
  }

  private static String textsBelow(Path folder) throws IOException {
    StringBuilder texts = new StringBuilder();
    for (Path file : files(folder)) {
      texts.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return texts.toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) return List.of();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toList());
    }
  }
}
