package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they work through a topic. */
final class ExactlyOnceIT {
  private static final int ENTRIES = 2_000;
  private static final int KILLS = 8;
  private static final int BATCHES_MAX = 12;

  @TempDir Path folder;

  @Test
  void countsEachEntryOnceWithinTheTransactionAndAtLeastOnceOutsideOfIt() throws Exception {
    Path home = folder.resolve("home");
    Path seen = Files.createFile(folder.resolve("seen"));
    Tidelog.init(home, InitOptions.defaults());
    try (Tidelog tidelog = Tidelog.open(home, TidelogOptions.defaults())) {
      List<Draft> drafts =
          IntStream.range(0, ENTRIES).mapToObj(i -> Draft.text("entry " + i)).toList();
      tidelog.createTopic("notes", false).appendAll(drafts);
    }
    Random random = new Random(11);

    for (int kill = 0; kill < KILLS; kill++) {
      killAfter(1 + random.nextInt(BATCHES_MAX), home, seen);
    }
    Process last = start(home, seen);
    lines(last).lines().forEach(line -> {});

    assertThat(last.waitFor()).isZero();
    List<String> outside = Files.readAllLines(seen);
    assertThat(new HashSet<>(outside)).hasSize(ENTRIES);
    assertThat(outside).hasSizeGreaterThanOrEqualTo(ENTRIES);
    try (Tidelog tidelog = Tidelog.open(home, TidelogOptions.defaults())) {
      Topic notes = tidelog.topic("notes").orElseThrow();
      assertThat(Counting.number(tidelog, Counting.COUNT)).isEqualTo(ENTRIES);
      assertThat(Counting.number(tidelog, Counting.UNREAD)).isEqualTo(ENTRIES);
      List<String> answers =
          Devices.texts(notes).stream().filter(text -> text.contains("answer ")).toList();
      assertThat(answers).doesNotHaveDuplicates().hasSize(ENTRIES / Counting.ANSWER_EVERY);
      assertThat(tidelog.values().withPrefix(Counting.OUTBOX, 1)).isEmpty();
    }
  }

  /** The batch whose line it was may have been acknowledged meanwhile, or not. */
  private static void killAfter(int batches, Path home, Path seen) throws Exception {
    Process process = start(home, seen);
    BufferedReader told = lines(process);
    for (int i = 0; i < batches; i++) {
      assertThat(told.readLine()).isEqualTo("batch");
    }
    process.destroyForcibly().waitFor();
  }

  private static Process start(Path home, Path seen) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Counting.class.getName(),
            home.toString(),
            seen.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
