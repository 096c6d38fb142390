package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that hold more than a backup does. */
final class BackupLimitsTest {
  private static final int TOPICS_MAX = 10_000;

  @TempDir Path root;

  @Test
  void saysWhatElseCanBeDoneWithTooManyTopics() throws Exception {
    Path home = root.resolve("home");
    Tidelog.init(home, InitOptions.defaults());
    fill(home, TOPICS_MAX + 1);
    Path file = root.resolve("home.tdlb");

    try (Tidelog tidelog = Tidelog.open(home, TidelogOptions.defaults())) {
      assertThatThrownBy(() -> tidelog.backup(file, Backups.CHEAP, Progress.none()))
          .isInstanceOfSatisfying(
              TidelogException.class,
              e -> assertThat(e.hint().orElseThrow()).contains("tidelog export TOPIC FILE.car"))
          .hasMessage("cannot write " + file + ": a backup holds at most 10000 topics");
    }
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).containsExactly(home);
    }
  }

  private static void fill(Path home, int topics) {
    Core core = Homes.open(home, TidelogOptions.defaults());
    try {
      for (int i = 0; i < topics; i++) {
        core.book.putTopic(
            "topic " + i,
            new TopicRecord(Optional.empty(), true, Optional.empty(), Optional.empty()));
      }
      core.book.commit();
    } finally {
      core.store.close();
      core.home.close();
    }
  }
}
