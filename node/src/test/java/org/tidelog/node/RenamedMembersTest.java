package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;

/** How members hear of the new log of a device that began anew: from each other. */
class RenamedMembersTest {
  @TempDir Path root;
  private Devices devices;
  private Tidelog bob;
  private Topic bobs;
  private IpnsName old;
  private IpnsName renewed;

  /** Alice and bob write; then a copy of alice's home does, and bob is told its new name. */
  @BeforeEach
  void aliceBeginsAnew() throws IOException {
    devices = new Devices(root);
    Tidelog alice = devices.make("alice");
    Topic family = alice.createTopic("family", false);
    family.append("hello");
    Devices.publish(alice);
    old = family.name().orElseThrow();
    bob = devices.make("bob");
    bobs = bob.join(family.invitation(), "family");
    bob.follow(old, "family");
    Devices.fetch(bob);
    bobs.append("hello alice");
    Devices.publish(bob);
    alice.close();
    try (Stream<Path> files = Files.walk(devices.home("alice"))) {
      for (Path file : files.toList()) {
        Path from = devices.home("alice");
        Files.copy(file, devices.home("copy").resolve(from.relativize(file).toString()));
      }
    }
    Tidelog copy = devices.reopen("copy");
    Topic copied = copy.topic("family").orElseThrow();
    copied.append("from the new one");
    Devices.publish(copy);
    renewed = copied.name().orElseThrow();
    assertThat(renewed).isNotEqualTo(old);
  }

  @AfterEach
  void close() {
    devices.close();
  }

  private void bobIsTold() {
    bob.follow(renewed, "family");
    Devices.fetch(bob);
  }

  private static IpnsName publishIndex(Tidelog tidelog) {
    return tidelog.publish(null, new PublishOptions(true, false), Progress.none()).stream()
        .filter(PublishReport.Index.class::isInstance)
        .map(report -> ((PublishReport.Index) report).index())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void byTheEntriesOfWhoHasSeenIt() {
    Tidelog carol = devices.make("carol");
    Topic joined = carol.join(bobs.invitation(), "family");
    carol.follow(bobs.name().orElseThrow(), "family");
    Devices.fetch(carol);
    assertThat(joined.logs()).contains(old).doesNotContain(renewed);

    bobIsTold();
    bobs.append("welcome back");
    Devices.publish(bob);
    Devices.fetch(carol);

    assertThat(Devices.texts(joined))
        .contains("alice: from the new one")
        .endsWith("bob: welcome back");
    assertThat(carol.status().logs())
        .filteredOn(log -> log.name().equals(renewed))
        .singleElement()
        .satisfies(log -> assertThat(log.continues().orElseThrow().name()).isEqualTo(old))
        .satisfies(log -> assertThat(log.continues().orElseThrow().proved()).isTrue());
  }

  @Test
  void byTheIndexOfWhoKnowsIt() {
    bobIsTold();
    IpnsName index = publishIndex(bob);
    Tidelog carol = devices.make("carol");
    Topic joined = carol.join(bobs.invitation(), "family");
    carol.follow(index, "family");
    Devices.fetch(carol);

    assertThat(joined.logs()).contains(old, renewed);
    assertThat(Devices.texts(joined)).contains("alice: hello", "alice: from the new one");
  }

  @Test
  void notByTheOldNameAlone() {
    Tidelog carol = devices.make("carol");
    Topic joined = carol.join(bobs.invitation(), "family");
    carol.follow(old, "family");

    List<FetchReport> fetched = Devices.fetch(carol);

    assertThat(fetched).extracting(FetchReport::problems).containsOnly(List.of());
    assertThat(joined.logs()).doesNotContain(renewed);
  }
}
