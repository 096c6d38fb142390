package org.tidelog.benchmarks.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process that is killed at a moment that a seed chooses, and what it had said until then. */
final class Trial {
  private static final int BEGUN_MAX = 12;

  /** Within a step: from before anything was written to after it was acknowledged. */
  private static final double MICROS_MIN = 30;

  private static final double MICROS_MAX = 40_000;

  /** After it was acknowledged, at most. */
  private static final double BEHIND_MICROS_MAX = 2_000;

  private static final int WAIT_SECONDS_MAX = 60;

  private final Scene scene;
  private final Random random;

  Trial(Scene scene, long seed) {
    this.scene = scene;
    this.random = new Random(seed);
  }

  /**
   * What came of it.
   *
   * @param lines all that the process has said
   * @param inside whether it had begun something that was not acknowledged
   */
  record Outcome(List<String> lines, boolean inside) {}

  /** Kills a worker while it does that over and over. */
  Outcome worker(Operation operation) throws IOException, InterruptedException {
    List<String> command = java(Worker.class.getName());
    command.add(operation.word());
    command.add(scene.folder().toString());
    command.add(Long.toString(random.nextLong()));
    Path errors = scene.temporary().resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int begun = 1 + random.nextInt(BEGUN_MAX);
      while (begun > 0) {
        @Nullable String line = out.readLine();
        if (line == null) break;
        lines.add(line);
        if (line.startsWith("begin")) begun--;
      }
      boolean behind = random.nextInt(3) == 0;
      if (behind) readAcknowledgment(out, lines);
      if (begun > 0) throw new IOException("the worker ended: " + Files.readString(errors));
      double most = behind ? BEHIND_MICROS_MAX : MICROS_MAX;
      pause(MICROS_MIN * Math.pow(most / MICROS_MIN, random.nextDouble()));
      kill(process);
      out.lines().forEach(lines::add);
    } finally {
      process.destroyForcibly();
    }
    return outcome(lines);
  }

  /** For a kill just behind it instead of before. */
  private static void readAcknowledgment(BufferedReader out, List<String> lines)
      throws IOException {
    @Nullable String line;
    do {
      line = out.readLine();
      if (line != null) lines.add(line);
    } while (line != null && !line.startsWith("ack"));
  }

  private static void readAnswer(BufferedReader out, List<String> lines) throws IOException {
    @Nullable String line = out.readLine();
    if (line != null) lines.add(line);
  }

  private static Outcome outcome(List<String> lines) {
    return new Outcome(lines, lines.get(lines.size() - 1).startsWith("begin"));
  }

  /** Kills a command of the command line, which takes its input from a file. */
  Outcome command(List<String> words, Path input, long millisMax)
      throws IOException, InterruptedException {
    List<String> command = java("org.tidelog.node.cli.Main");
    command.addAll(words);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectError(scene.temporary().resolve("errors").toFile())
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      if (random.nextInt(3) == 0) readAnswer(out, lines);
      else process.waitFor(random.nextLong(millisMax), TimeUnit.MILLISECONDS);
      boolean ended = !process.isAlive();
      kill(process);
      out.lines().forEach(lines::add);
      return new Outcome(lines, !ended);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void kill(Process process) throws IOException, InterruptedException {
    // By its handle: the process itself would close its output, with what it still has to tell.
    process.toHandle().destroyForcibly();
    if (!process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IOException("a process that was killed goes on");
    }
  }

  private static void pause(double micros) {
    long end = System.nanoTime() + (long) (micros * 1_000);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private List<String> java(String program) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Djava.io.tmpdir=" + scene.temporary(),
            "-cp",
            System.getProperty("java.class.path"),
            program));
  }
}
