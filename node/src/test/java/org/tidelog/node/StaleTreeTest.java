package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.node.folder.FolderStore;

/** What is found of an older publication, in layers that are in no hurry. */
final class StaleTreeTest {
  private static final int ENTRIES = 20_000;

  @TempDir Path root;
  private IpnsName name;
  private byte[] record;
  private FolderStore mirror;
  private long nanos;

  @BeforeEach
  void publishALogWithNodes() throws Exception {
    try (Devices devices = new Devices(root)) {
      Tidelog tidelog = devices.make("anna");
      Topic topic = tidelog.createTopic("news", true);
      name = topic.name().orElseThrow();
      topic.appendAll(
          IntStream.range(0, ENTRIES)
              .mapToObj(i -> Draft.of(("entry " + i + " ".repeat(200)).getBytes()))
              .collect(Collectors.toList()));
      Devices.publish(tidelog);
      record = Files.readAllBytes(devices.mirror().resolve("names").resolve(name.text()));
      mirror = new FolderStore(devices.mirror());
    }
  }

  @Test
  void isFoundWhole() throws Exception {
    try (Stream<Path> files = Files.walk(root.resolve("mirror/blocks"))) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(found(0).size());
    }
  }

  @Test
  void isLeftAloneWhereTheLayerIsSlow() {
    Set<Cid> whole = found(0);

    Set<Cid> inTime = found(StaleTree.NANOS_MAX + 1);

    assertThat(inTime).isNotEmpty().hasSizeLessThan(whole.size());
    assertThat(whole).containsAll(inTime);
  }

  /** Each block takes the layer so long. */
  private Set<Cid> found(long nanosEach) {
    return StaleTree.of(name, record, new Slow(nanosEach), Ed25519.verifier(), () -> nanos);
  }

  private final class Slow implements ContentStore {
    private final long nanosEach;

    Slow(long nanosEach) {
      this.nanosEach = nanosEach;
    }

    @Override
    public String describe() {
      return "slow";
    }

    @Override
    public Optional<byte[]> get(Cid cid, int bytesMax) throws IOException {
      nanos += nanosEach;
      return mirror.get(cid, bytesMax);
    }

    @Override
    public long put(Cid cid, byte[] block) {
      throw new AssertionError("it is read only");
    }

    @Override
    public void remove(Cid cid) {
      throw new AssertionError("it is read only");
    }
  }
}
