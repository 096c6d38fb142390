package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AppendingTest {
  private static final int THREADS = 8;
  private static final int EACH = 25;

  @TempDir private Path folder;
  private Devices devices;

  @BeforeEach
  void devices() {
    devices = new Devices(folder);
  }

  @AfterEach
  void close() {
    devices.close();
  }

  @Test
  void keepsEveryEntryOfManyThreadsWhereItsReceiptSays() throws Exception {
    Tidelog device = devices.make("ann");
    List<Topic> topics = List.of(device.createTopic("a", true), device.createTopic("b", false));
    ConcurrentLinkedQueue<String> expected = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String who = "thread " + i;
      running.add(
          threads.submit(
              () -> {
                for (int j = 0; j < EACH; j++) {
                  Topic topic = topics.get(j % 2);
                  String text = who + ", " + j;
                  expected.add(topic.label() + topic.append(text).seq() + text);
                }
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
    threads.shutdown();

    List<String> found = new ArrayList<>();
    for (Topic topic : topics) {
      try (EntryStream entries = topic.read(ReadQuery.all())) {
        entries.forEachRemaining(
            entry -> found.add(topic.label() + entry.seq() + entry.text().orElseThrow()));
      }
    }
    assertThat(found).hasSize(THREADS * EACH).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void appendsFromWithinAnotherCall() {
    Tidelog device = devices.make("ann");
    Topic topic = device.createTopic("a", true);
    topic.append("before");

    List<Receipt> receipts = new ArrayList<>();
    device.verify(
        null,
        (what, done, total) -> {
          if (receipts.isEmpty()) receipts.add(topic.append("while verifying"));
        });

    assertThat(Devices.texts(topic)).containsExactly("ann: before", "ann: while verifying");
  }

  @Test
  void refusesOnceClosed() {
    Tidelog device = devices.make("ann");
    Topic topic = device.createTopic("a", true);
    device.close();

    assertThatThrownBy(() -> topic.append("late")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> topic.append("later")).isInstanceOf(IllegalStateException.class);
  }
}
