package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;

/** What is read from a remote layer is nearby then, until it is to be nowhere any more. */
class FilledMirrorTest {
  private static final String SECRET = "the text that was taken back";
  private static final int ENTRIES = 120;
  private static final AppendOptions DELETABLE = new AppendOptions(Optional.empty(), true);

  @TempDir Path root;
  private final List<Tidelog> open = new ArrayList<>();
  private final byte[] large = new byte[700_000];
  private Instant now = Devices.NOON;
  private FolderGateway gateway;
  private Tidelog anna;
  private Topic topic;
  private IpnsName name;
  private Receipt linked;

  @BeforeEach
  void aLogBehindAGateway() throws IOException {
    new Random(1).nextBytes(large);
    Files.createDirectories(near());
    gateway = new FolderGateway(root.resolve("far"));
    anna = device("anna", root.resolve("far").toString());
    topic = anna.createTopic("news", true);
    name = topic.name().orElseThrow();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 1; i <= ENTRIES; i++) {
      String text = (i == 3 ? SECRET : "entry " + i + " ") + ".".repeat(2_000);
      drafts.add(Draft.text(text).with(DELETABLE));
    }
    topic.appendAll(drafts);
    linked = topic.append(new ByteArrayInputStream(large), DELETABLE);
    topic.append("the last word");
    Devices.publish(anna);
  }

  @AfterEach
  void close() {
    open.forEach(Tidelog::close);
    gateway.close();
  }

  private Path near() {
    return root.resolve("near");
  }

  private Path filled() {
    return near().resolve("filled");
  }

  private Tidelog device(String home, String... layers) {
    Tidelog.init(root.resolve(home), InitOptions.defaults());
    return reopen(home, layers);
  }

  private Tidelog reopen(String home, String... layers) {
    Tidelog device =
        Tidelog.open(
            root.resolve(home),
            TidelogOptions.defaults().withMirrors(List.of(layers)).withTime(() -> now));
    open.add(device);
    return device;
  }

  private Tidelog reader(String home, String... layers) {
    Tidelog reader = device(home, layers);
    reader.follow(name, "news");
    return reader;
  }

  private static FetchReport fetch(Tidelog reader) {
    return Devices.fetch(reader).get(0);
  }

  private static byte[] largeOf(Tidelog reader) throws IOException {
    Topic news = reader.topic("news").orElseThrow();
    try (EntryStream entries = news.read(ReadQuery.all())) {
      while (entries.hasNext()) {
        ReadEntry entry = entries.next();
        if (!entry.isLarge()) continue;
        try (InputStream in = news.open(entry)) {
          return in.readAllBytes();
        }
      }
    }
    throw new AssertionError("no large payload");
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) return List.of();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private String bytesBelow(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(folder)) {
      all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  private boolean holdsLarge(Path folder) throws IOException {
    for (Path file : files(folder)) {
      if (Files.size(file) > 200_000) return true;
    }
    return false;
  }

  @Test
  void isAllThatAnotherReaderNeedsWhenTheRemoteIsGone() throws Exception {
    assertThat(fetch(reader("bob", near().toString(), gateway.layer())).complete()).isTrue();
    gateway.close();

    Tidelog carol = reader("carol", near().toString());
    FetchReport fetched = fetch(carol);

    assertThat(fetched.complete()).as(fetched.toString()).isTrue();
    assertThat(fetched.entries()).isEqualTo(ENTRIES + 3);
    assertThat(largeOf(carol)).isEqualTo(large);
    assertThat(carol.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void sparesTheRemoteTheBlocks() throws Exception {
    fetch(reader("bob", near().toString(), gateway.layer()));
    assertThat(gateway.blocks()).isPositive();

    Tidelog carol = reader("carol", near().toString(), gateway.layer());
    assertThat(fetch(carol).complete()).isTrue();

    assertThat(gateway.blocks()).isZero();
  }

  @Test
  void isWithoutWhatTheAuthorDeletes() throws Exception {
    Tidelog bob = reader("bob", near().toString(), gateway.layer());
    fetch(bob);
    assertThat(bytesBelow(filled())).contains(SECRET);
    assertThat(holdsLarge(filled())).isTrue();

    topic.delete(List.of(3L, linked.seq()));
    Devices.publish(anna);
    assertThat(fetch(bob).complete()).isTrue();

    assertThat(bytesBelow(filled())).doesNotContain(SECRET).contains("entry " + ENTRIES + " ");
    assertThat(holdsLarge(filled())).isFalse();
  }

  @Test
  void isWithoutThatAlsoWhereTheReaderWhoPutItThereReadsNoMore() throws Exception {
    fetch(reader("bob", near().toString(), gateway.layer()));
    Tidelog carol = reader("carol", near().toString(), gateway.layer());
    fetch(carol);
    assertThat(bytesBelow(filled())).contains(SECRET);

    topic.delete(List.of(3L));
    Devices.publish(anna);
    fetch(carol);

    assertThat(bytesBelow(filled())).doesNotContain(SECRET);
  }

  @Test
  void isWithoutWhatHasExpired() throws Exception {
    for (int i = 0; i < 4; i++) {
      topic.append(
          Draft.text("soon gone " + i + ".".repeat(2_000))
              .with(new AppendOptions(Optional.of(Duration.ofHours(1)), false)));
    }
    Devices.publish(anna);
    Tidelog bob = reader("bob", near().toString(), gateway.layer());
    fetch(bob);
    assertThat(bytesBelow(filled())).contains("soon gone");

    now = now.plus(Duration.ofHours(2));
    fetch(bob);

    assertThat(bytesBelow(filled().resolve("blocks"))).doesNotContain("soon gone");
  }

  @Test
  void takesNothingOutOfWhatWasPublishedBeside() throws Exception {
    Tidelog bob = reader("bob", near().toString(), gateway.layer());
    fetch(bob);
    anna.close();
    anna = reopen("anna", root.resolve("far").toString(), near().toString());
    Devices.publish(anna);
    List<Path> published = files(near().resolve("blocks"));
    assertThat(published).isNotEmpty();

    anna.close();
    anna = reopen("anna", root.resolve("far").toString());
    anna.topic("news").orElseThrow().delete(List.of(3L));
    Devices.publish(anna);
    fetch(bob);

    assertThat(files(near().resolve("blocks"))).isEqualTo(published);
    assertThat(bytesBelow(filled())).doesNotContain(SECRET);
  }

  @Test
  void isToldInTheStatus() {
    Tidelog bob = reader("bob", near().toString(), gateway.layer());
    fetch(bob);

    List<LayerStatus> layers = bob.status().device().layers();

    LayerStatus filled =
        layers.stream()
            .filter(layer -> layer.name().equals(filled().toString()))
            .findFirst()
            .orElseThrow();
    assertThat(filled.bytesWritten()).isGreaterThan(large.length);
    assertThat(filled.failures()).isZero();
  }

  @Test
  void isNotMadeWhereTheFolderIsAwayAndWhereNothingIsRemote() throws Exception {
    Files.delete(near());

    assertThat(fetch(reader("bob", near().toString(), gateway.layer())).complete()).isTrue();
    assertThat(fetch(reader("carol", root.resolve("far").toString())).complete()).isTrue();

    assertThat(near()).doesNotExist();
    assertThat(root.resolve("far").resolve("filled")).doesNotExist();
  }
}
