package org.tidelog.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tidelog.node.Tidelog;
import org.tidelog.node.Topic;

/**
 * Durable appends through the library, beside SQLite committing one row of about the size that an
 * entry takes in the store. A program and no JMH benchmark, because all of them wait for one disk
 * and have to be asked in turn.
 *
 * <p>Arguments: a folder on the disk to measure; {@code --rounds} (9), {@code --millis} of a lap
 * (1000), {@code --payload} bytes (150).
 */
public final class AppendBenchmark {
  private static final int THREADS = 16;

  /** What the store keeps beside the payload of an entry that was appended alone. */
  private static final int ROW_BYTES_BESIDE = 150;

  private final long lapNanos;
  private final byte[] payload;

  private AppendBenchmark(long lapNanos, byte[] payload) {
    this.lapNanos = lapNanos;
    this.payload = payload;
  }

  /** Runs the comparison and prints a table. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    byte[] payload = new byte[settings.number("payload", 150)];
    new Random(1).nextBytes(payload);
    new AppendBenchmark(settings.number("millis", 1000) * 1_000_000L, payload)
        .compare(settings, new Contest(settings.number("rounds", 9)));
  }

  private void compare(Settings settings, Contest contest) throws Exception {
    byte[] row = new byte[payload.length + ROW_BYTES_BESIDE];
    new Random(2).nextBytes(row);
    try (Scratch scratch = Scratch.in(settings.folder());
        BareSqlite bare = new BareSqlite(scratch.fresh("bare"));
        Tidelog device = scratch.device()) {
      Topic open = device.createTopic("open", true);
      Topic sealed = device.createTopic("sealed", false);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Figure> figures =
            contest
                .with(
                    "SQLite, a row of " + row.length + " bytes",
                    () -> alone(() -> bare.insert(row)))
                .with("append, open topic", () -> alone(() -> open.append(payload)))
                .with("append, private topic", () -> alone(() -> sealed.append(payload)))
                .with("append, open topic, 16 threads", () -> together(threads, open))
                .with("append, private topic, 16 threads", () -> together(threads, sealed))
                .run();
        print(figures);
      } finally {
        threads.shutdown();
      }
    }
  }

  private void print(List<Figure> figures) {
    String title = String.format(Locale.ROOT, "durable, payloads of %d bytes", payload.length);
    Contest.print(title, figures);
    System.out.println(figures.get(1).rowAgainst(figures.get(0)));
    System.out.println(figures.get(2).rowAgainst(figures.get(0)));
    System.out.println(figures.get(3).rowAgainst(figures.get(1)));
    System.out.println(figures.get(4).rowAgainst(figures.get(2)));
  }

  /** Commits once. */
  private interface Step {
    void run() throws Exception;
  }

  /** Commits again and again until the lap is over. */
  private long alone(Step step) throws Exception {
    long end = System.nanoTime() + lapNanos;
    long count = 0;
    do {
      step.run();
      count++;
    } while (System.nanoTime() < end);
    return count;
  }

  private long together(ExecutorService threads, Topic topic) throws Exception {
    List<Future<Long>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(threads.submit(() -> alone(() -> topic.append(payload))));
    }
    long count = 0;
    for (Future<Long> one : running) {
      count += one.get();
    }
    return count;
  }
}
