package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.ipfs.FaultyProxy;
import org.tidelog.node.sqlite.SqliteNodeStore;
import org.tidelog.replicator.Rung;

/** A home that publishes by itself knows what became of each publication, whoever asked for it. */
final class PublishingByItselfTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path root;
  private final List<Notice> notices = new ArrayList<>();

  private Tidelog open(String name, Duration after, String... mirrors) {
    if (!Files.exists(root.resolve(name))) {
      Tidelog.init(root.resolve(name), InitOptions.defaults());
    }
    return Tidelog.open(
        root.resolve(name),
        TidelogOptions.defaults()
            .withMirrors(List.of(mirrors))
            .withPublishAfter(after)
            .withNotices(this::notice));
  }

  private void notice(Notice notice) {
    notices.add(notice);
    if (notice.word().equals("new-incarnation")) throw new IllegalStateException("not now");
  }

  private String mirror() {
    return root.resolve("mirror").toString();
  }

  private Path record(Topic topic) {
    return root.resolve("mirror/names").resolve(topic.name().orElseThrow().text());
  }

  private Set<String> again(String name) {
    try (SqliteNodeStore store = SqliteNodeStore.open(root.resolve(name).resolve("log.db"))) {
      return store.withPrefix("publish-again/").keySet();
    }
  }

  @Test
  void doesNotPublishOnceMoreWhatSomebodyHasPublished() throws Exception {
    try (Tidelog alice = open("alice", Duration.ofMillis(1_500), mirror())) {
      Topic notes = alice.createTopic("notes", true);
      notes.append("one");
      Devices.publish(alice);
      Files.delete(record(notes)); // Whoever publishes now would put it there.

      Thread.sleep(3_000);

      assertThat(record(notes)).doesNotExist();
      assertThat(notes.append("two").await(Rung.MIRRORED, LONG)).isTrue();
    }
  }

  @Test
  void triesAgainAsOftenAsEverOnceSomebodyHasPublished() throws Exception {
    Files.writeString(root.resolve("mirror"), "in the way");
    try (Tidelog alice = open("alice", Duration.ofHours(1), mirror())) {
      alice.createTopic("notes", true).append("one");
      assertThatThrownBy(() -> Devices.publish(alice)).isInstanceOf(TidelogException.class);
    }
    assertThat(again("alice")).hasSize(1);
    Files.delete(root.resolve("mirror"));

    try (Tidelog alice = open("alice", Duration.ofHours(1), mirror())) {
      Devices.publish(alice);
    }

    assertThat(again("alice")).isEmpty();
  }

  @Test
  void triesAgainWhereALayerWasFull() throws Exception {
    try (FaultyProxy full = FaultyProxy.before(URI.create("http://127.0.0.1:1"))) {
      full.always(FaultyProxy.status(500, "{\"Message\":\"no space left on device\"}"));
      try (Tidelog alice = open("alice", Duration.ofHours(1), mirror(), "kubo:" + full.uri())) {
        alice.createTopic("notes", true).append("one");

        assertThat(Devices.publish(alice).get(0).figures().problems())
            .extracting(Problem::kind)
            .containsExactly(ErrorKind.INCOMPLETE);
      }
    }

    assertThat(again("alice")).hasSize(1);
  }

  @Test
  void goesOnWhenItCannotBeginAnew() throws Exception {
    try (Tidelog alice = open("alice", Duration.ofHours(1), mirror())) {
      alice.createTopic("notes", true).append("one");
    }
    Map<Path, byte[]> snapshot = new LinkedHashMap<>();
    for (String file : List.of("log.db", "keys", "sizes")) {
      Path path = root.resolve("alice").resolve(file);
      snapshot.put(path, Files.readAllBytes(path));
    }
    try (Tidelog alice = open("alice", Duration.ofHours(1), mirror())) {
      alice.topic("notes").orElseThrow().append("two");
      Devices.publish(alice);
    }
    // As a snapshot of a file system is restored: only the mirror tells.
    for (Map.Entry<Path, byte[]> file : snapshot.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }

    try (Tidelog alice = open("alice", Duration.ofMillis(20), mirror())) {
      Receipt lost = alice.topic("notes").orElseThrow().append("other two");
      assertThatThrownBy(() -> lost.await(Rung.MIRRORED, LONG))
          .isInstanceOf(TidelogException.class);

      Receipt next = alice.topic("notes").orElseThrow().append("three");

      assertThat(next.await(Rung.MIRRORED, LONG)).isTrue();
      assertThat(notices).extracting(Notice::word).contains("new-incarnation");
    }
  }
}
