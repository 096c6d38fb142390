package org.tidelog.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tidelog.node.Draft;
import org.tidelog.node.Tidelog;
import org.tidelog.node.Topic;

/**
 * Appends in batches of 1, 16 and 1000 beside npm's {@code hypercore}, which is asked in turn in a
 * process of its own. Ours are synced before they count; hypercore leaves that to the system, so it
 * may lose on a power cut what it has said is there.
 *
 * <p>Arguments: a folder on the disk to measure; {@code --rounds} (7), {@code --millis} of a lap
 * (1000), {@code --payload} bytes (256). The folder {@code benchmarks/hypercore}, with its packages
 * installed, is the working folder, or named by the environment's {@code HYPERCORE}.
 */
public final class HypercoreBenchmark {
  private static final int[] BATCHES = {1, 16, 1000};

  private HypercoreBenchmark() {}

  /** Runs the comparison and prints a table. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    int millis = settings.number("millis", 1000);
    byte[] payload = new byte[settings.number("payload", 256)];
    new Random(1).nextBytes(payload);
    try (Scratch scratch = Scratch.in(settings.folder());
        Hypercore hypercore = new Hypercore(scratch.fresh("hypercore"), payload.length);
        Tidelog device = scratch.device()) {
      Topic open = device.createTopic("open", true);
      Contest contest = new Contest(settings.number("rounds", 7));
      for (int batch : BATCHES) {
        List<Draft> drafts = Collections.nCopies(batch, Draft.of(payload));
        contest
            .with("hypercore, batches of " + batch, () -> hypercore.append(batch, millis))
            .with("Tidelog, batches of " + batch, () -> append(open, drafts, millis));
      }
      List<Figure> figures = contest.run();
      Contest.print("payloads of " + payload.length + " bytes", figures);
      for (int i = 0; i < figures.size(); i += 2) {
        System.out.println(figures.get(i + 1).rowAgainst(figures.get(i)));
      }
    }
  }

  private static long append(Topic topic, List<Draft> drafts, int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    long count = 0;
    do {
      topic.appendAll(drafts);
      count += drafts.size();
    } while (System.nanoTime() < end);
    return count;
  }

  /** A process that appends when asked. Owned by one thread. */
  private static final class Hypercore implements AutoCloseable {
    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    Hypercore(Path folder, int payloadBytes) throws IOException {
      process =
          new ProcessBuilder("node", "append.js", folder.toString(), String.valueOf(payloadBytes))
              .directory(Path.of(System.getenv().getOrDefault("HYPERCORE", ".")).toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      questions =
          new PrintWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII), true);
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    long append(int batch, int millis) throws IOException {
      questions.println(batch + " " + millis);
      String answer = answers.readLine();
      if (answer == null) throw new IOException("hypercore has ended");
      return Long.parseLong(answer);
    }

    @Override
    public void close() {
      questions.close(); // Which ends it.
      process.onExit().join();
    }
  }
}
