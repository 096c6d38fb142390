package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a topic, which of a single log is read from its end. */
class LastEntriesTest {
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

  /** Entries whose times are in no order. */
  private static void fill(Topic topic, int count) {
    Random random = new Random(7);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(Draft.text("n" + i).at(Devices.NOON.plusSeconds(random.nextInt(1_000_000))));
    }
    topic.importEntries(drafts.iterator(), Progress.none());
  }

  private static void assertEnds(Topic topic, ReadQuery query) {
    List<String> all = Devices.texts(topic, query);
    for (int last : new int[] {0, 1, 2, 255, 256, 300, 1_500, 4_999, 10_000}) {
      int from = Math.max(0, all.size() - last);
      assertThat(Devices.texts(topic, query.withLast(last)))
          .isEqualTo(all.subList(from, all.size()));
    }
  }

  @Test
  void areTheEndOfWhatIsReadWhole() {
    Topic notes = devices.make("alice").createTopic("notes", true);
    assertEnds(notes, ReadQuery.all());
    fill(notes, 5_000);

    assertEnds(notes, ReadQuery.all());
    assertEnds(notes, ReadQuery.all().withControls());
    assertEnds(notes, ReadQuery.all().withSince(Devices.NOON.plusSeconds(990_000)));
    assertEnds(notes, ReadQuery.all().withFrom(4_500));
    assertEnds(notes, ReadQuery.all().withAuthor("nobody"));
  }

  @Test
  void areThoseOfAllLogsWhereThereAreSeveral() {
    Tidelog alice = devices.make("alice");
    Topic notes = alice.createTopic("notes", true);
    fill(notes, 2_000);
    Devices.publish(alice);
    Tidelog bob = devices.make("bob");
    Topic joined = bob.join(notes.invitation(), "notes");
    bob.follow(notes.name().orElseThrow(), "notes");
    Devices.fetch(bob);
    fill(joined, 1_000);

    assertEnds(joined, ReadQuery.all());
    assertEnds(joined, ReadQuery.all().withLog(notes.name().orElseThrow()));
    assertEnds(joined, ReadQuery.all().withLog(joined.name().orElseThrow()));
  }
}
