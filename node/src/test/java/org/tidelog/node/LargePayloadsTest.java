package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Digest;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.linked.LinkedWriter;
import org.tidelog.node.folder.FolderStore;

/** Blocks go with the last entry that links to them, whoever wrote the others. */
class LargePayloadsTest {
  private static final Digest TOPIC = Digest.of(new byte[32]);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int CHUNKS = 3;

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

  /** Content of three chunks in the mirror: all of the same key, and alike but for the last. */
  private LinkedContent content(int last) throws IOException {
    FolderStore mirror = new FolderStore(devices.mirror());
    LinkedWriter writer = new LinkedWriter(new byte[32], mirror::put);
    for (int i = 0; i < CHUNKS; i++) {
      byte[] chunk = new byte[LinkedContent.CHUNK_BYTES];
      Arrays.fill(chunk, (byte) (i == CHUNKS - 1 ? last : i));
      writer.write(chunk, i == CHUNKS - 1);
    }
    return writer.finish();
  }

  private Tidelog follow(ForkingAuthor... authors) {
    Tidelog reader = devices.make("reader");
    for (ForkingAuthor author : authors) {
      author.publish(devices.mirror());
      reader.follow(author.name(), "log");
    }
    assertThat(Devices.fetch(reader)).allMatch(FetchReport::complete);
    return reader;
  }

  private static List<byte[]> read(Topic topic) throws IOException {
    List<byte[]> read = new ArrayList<>();
    try (EntryStream entries = topic.read(ReadQuery.all())) {
      while (entries.hasNext()) {
        ReadEntry entry = entries.next();
        if (!entry.isLarge()) continue;
        try (var in = topic.open(entry)) {
          read.add(in.readAllBytes());
        }
      }
    }
    return read;
  }

  private long blocks() throws IOException {
    try (Stream<Path> files = Files.walk(devices.home("reader").resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void staysWhereAnotherLinksToItAndDeletesThat() throws Exception {
    LinkedContent content = content(9);
    ForkingAuthor ann = new ForkingAuthor(1, TOPIC).link(content, HOUR.multipliedBy(5));
    ForkingAuthor eve = new ForkingAuthor(2, TOPIC).link(content, HOUR);
    Tidelog reader = follow(ann, eve);
    assertThat(read(reader.topic("log").orElseThrow())).hasSize(2);

    devices.later(HOUR.multipliedBy(2));
    Devices.fetch(reader);

    assertThat(blocks()).isEqualTo(CHUNKS + 1);
    assertThat(read(reader.topic("log").orElseThrow())).hasSize(1);
    assertThat(reader.verify(null, Progress.none())).allMatch(VerifyReport::ok);

    devices.later(HOUR.multipliedBy(4));
    Devices.fetch(reader);
    assertThat(blocks()).isZero();
  }

  @Test
  void staysWhereAnotherLinksToPartOfItUnderAnotherRoot() throws Exception {
    ForkingAuthor ann = new ForkingAuthor(1, TOPIC).link(content(9), HOUR.multipliedBy(5));
    ForkingAuthor eve = new ForkingAuthor(2, TOPIC).link(content(8), HOUR);
    Tidelog reader = follow(ann, eve);
    assertThat(blocks()).isEqualTo(CHUNKS + 3);

    devices.later(HOUR.multipliedBy(2));
    Devices.fetch(reader);

    assertThat(blocks()).isEqualTo(CHUNKS + 1);
    assertThat(read(reader.topic("log").orElseThrow())).hasSize(1);
    assertThat(reader.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  @Test
  void staysWhereAnotherNamesItsBlocksWithoutItsKey() throws Exception {
    LinkedContent content = content(9);
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    LinkedContent without = new LinkedContent(content.size(), content.root(), otherKey);
    ForkingAuthor ann = new ForkingAuthor(1, TOPIC).link(content, HOUR.multipliedBy(5));
    ForkingAuthor eve = new ForkingAuthor(2, TOPIC).link(without, HOUR);
    ann.publish(devices.mirror());
    eve.publish(devices.mirror());
    Tidelog reader = devices.make("reader");
    reader.follow(ann.name(), "log");
    Devices.fetch(reader);
    reader.follow(eve.name(), "log");
    devices.later(HOUR.multipliedBy(2)); // It goes before anybody has tried to fetch its blocks.
    Devices.fetch(reader);

    assertThat(blocks()).isEqualTo(CHUNKS + 1);
    assertThat(read(reader.topic("log").orElseThrow())).hasSize(1);
  }
}
