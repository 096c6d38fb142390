package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How time and memory grow with a log: from a thousand entries on, ten times as many each step,
 * import, publish, fetch, verify, read and open, each in a process of its own that may take 256 MB
 * of heap and no more. Prints a table and draws two pictures.
 *
 * <p>Arguments: a folder on the disk to measure; {@code --payload} bytes (128), {@code --powers}
 * (7: up to ten million entries), {@code --heap} megabytes (256). The pictures go to the folder
 * named by the environment's {@code PICTURES}, else they are left out.
 */
public final class ScaleBenchmark {
  private static final int FIRST_POWER = 3;

  private final Path folder;
  private final int payloadBytes;
  private final int heap;

  private ScaleBenchmark(Path folder, int payloadBytes, int heap) {
    this.folder = folder;
    this.payloadBytes = payloadBytes;
    this.heap = heap;
  }

  /** What a phase took. */
  private record Taken(long entries, long millis, long heapBytes, long processBytes) {}

  /** Runs all sizes and prints a table. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    ScaleBenchmark benchmark =
        new ScaleBenchmark(
            settings.folder(), settings.number("payload", 128), settings.number("heap", 256));
    Map<Phase, List<Taken>> all = benchmark.run(settings.number("powers", 7));
    String pictures = System.getenv("PICTURES");
    if (pictures != null) benchmark.draw(all, Path.of(pictures));
  }

  private Map<Phase, List<Taken>> run(int lastPower) throws Exception {
    System.out.printf(
        "%n| payloads of %d bytes, -Xmx%dm | entries | seconds | entries a second | heap, MB | process,"
            + " MB |%n|---|---|---|---|---|---|%n",
        payloadBytes, heap);
    Map<Phase, List<Taken>> all = new EnumMap<>(Phase.class);
    long entries = 1000;
    for (int power = FIRST_POWER; power <= lastPower; power++) {
      try (Scratch scratch = Scratch.in(folder)) {
        for (Phase phase : Phase.values()) {
          Taken taken = take(phase, scratch.root(), entries);
          all.computeIfAbsent(phase, p -> new ArrayList<>()).add(taken);
          print(phase, taken);
        }
        if (power == lastPower) ComingBack.intoTheMiddle(scratch.root().resolve("mirror"));
      }
      entries *= 10;
    }
    return all;
  }

  private static void print(Phase phase, Taken taken) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %.2f | %,.0f | %d | %d |%n",
        phase.name().toLowerCase(Locale.ROOT),
        taken.entries,
        taken.millis / 1000.0,
        taken.entries * 1000.0 / Math.max(1, taken.millis),
        taken.heapBytes >> 20,
        taken.processBytes >> 20);
  }

  private Taken take(Phase phase, Path shared, long entries)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap + "m",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Phase.class.getName(),
                phase.name(),
                shared.toString(),
                String.valueOf(entries),
                String.valueOf(payloadBytes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (process.waitFor() != 0) throw new IOException(phase + " of " + entries + " has failed");
    String[] numbers = output.trim().split(" ", 3);
    return new Taken(
        entries,
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]));
  }

  private void draw(Map<Phase, List<Taken>> all, Path pictures) throws IOException {
    Chart time = new Chart("Seconds, by entries in the log");
    Chart memory = new Chart("Peak memory of the process, MB, by entries in the log");
    all.forEach(
        (phase, steps) -> {
          String name = phase.name().toLowerCase(Locale.ROOT);
          time.line(name, steps.stream().map(t -> new Chart.Point(t.entries, t.millis / 1e3)));
          memory.line(
              name, steps.stream().map(t -> new Chart.Point(t.entries, t.processBytes / 1e6)));
        });
    Files.createDirectories(pictures);
    Files.writeString(pictures.resolve("scale-time.svg"), time.svg());
    Files.writeString(pictures.resolve("scale-memory.svg"), memory.svg());
  }
}
