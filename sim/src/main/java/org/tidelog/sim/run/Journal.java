package org.tidelog.sim.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of a folder that are done: {@code samples.jsonl}. A line is added as each run ends, so
 * that an interrupted sweep goes on where it was; in the end the lines are put in order.
 */
final class Journal {
  private final Path file;
  private final Map<String, Sample> samples = new HashMap<>();

  private Journal(Path file) {
    this.file = file;
  }

  static Journal open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Journal journal = new Journal(folder.resolve("samples.jsonl"));
    if (Files.exists(journal.file)) {
      for (String line : Files.readAllLines(journal.file, StandardCharsets.UTF_8)) {
        SampleLine.parse(line).ifPresent(read -> journal.samples.put(read.key(), read.sample()));
      }
      // A line that was cut off must not be continued by the next one.
      journal.write(journal.samples.keySet().stream().sorted().toList());
    }
    return journal;
  }

  synchronized Optional<Sample> sample(String key) {
    return Optional.ofNullable(samples.get(key));
  }

  synchronized void add(String key, Sample sample) {
    samples.put(key, sample);
    try {
      Files.writeString(
          file,
          new SampleLine(key, sample).text() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps these, in this order, and no others. */
  synchronized void write(List<String> keys) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String key : keys) {
      Sample sample = samples.get(key);
      if (sample != null) {
        text.append(new SampleLine(key, sample).text()).append('\n');
      }
    }
    Files.writeString(file, text);
  }
}
