package org.tidelog.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.Draft;
import org.tidelog.node.Progress;
import org.tidelog.node.Tidelog;
import org.tidelog.node.Topic;

/**
 * Bulk import through the library, durable when it is over, beside SQLite taking the same bytes in
 * transactions of the same size. Each lap fills a new home.
 *
 * <p>Arguments: a folder on the disk to measure; {@code --rounds} (5), {@code --entries} (200000),
 * {@code --payload} bytes (256).
 */
public final class ImportBenchmark {
  private static final int PAYLOADS = 1024;
  private static final int ROWS_A_COMMIT = 8192;

  private final Scratch scratch;
  private final byte[][] payloads = new byte[PAYLOADS][];
  private final int entries;

  private ImportBenchmark(Scratch scratch, int entries, int payloadBytes) {
    this.scratch = scratch;
    this.entries = entries;
    Random random = new Random(1);
    for (int i = 0; i < PAYLOADS; i++) {
      payloads[i] = new byte[payloadBytes];
      random.nextBytes(payloads[i]);
    }
  }

  /** Runs the comparison and prints a table. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    try (Scratch scratch = Scratch.in(settings.folder())) {
      int payloadBytes = settings.number("payload", 256);
      ImportBenchmark benchmark =
          new ImportBenchmark(scratch, settings.number("entries", 200_000), payloadBytes);
      List<Figure> figures =
          new Contest(settings.number("rounds", 5))
              .with("SQLite, " + ROWS_A_COMMIT + " rows a commit", benchmark.new Rows())
              .with("import, open topic", benchmark.new Import(true))
              .with("import, private topic", benchmark.new Import(false))
              .run();
      Contest.print("entries imported, payloads of " + payloadBytes + " bytes", figures);
      System.out.println(figures.get(1).rowAgainst(figures.get(0)));
      System.out.println(figures.get(2).rowAgainst(figures.get(0)));
    }
  }

  private byte[] payload(int i) {
    return payloads[i % PAYLOADS];
  }

  private final class Rows implements Lap {
    private Path file = scratch.root();
    private @Nullable BareSqlite bare;

    @Override
    public void prepare() throws Exception {
      file = scratch.fresh("bare");
      bare = new BareSqlite(file);
    }

    @Override
    public long run() throws Exception {
      BareSqlite to = bare;
      if (to == null) throw new IllegalStateException("not prepared");
      for (int i = 0; i < entries; i += ROWS_A_COMMIT) {
        to.begin();
        for (int row = i; row < Math.min(i + ROWS_A_COMMIT, entries); row++) {
          to.insert(payload(row));
        }
        to.commit();
      }
      return entries;
    }

    @Override
    public void clean() throws Exception {
      if (bare != null) bare.close();
      Scratch.delete(file);
    }
  }

  private final class Import implements Lap {
    private final boolean open;
    private Path home = scratch.root();
    private @Nullable Tidelog device;
    private @Nullable Topic topic;

    Import(boolean open) {
      this.open = open;
    }

    @Override
    public void prepare() {
      device = scratch.device();
      home = device.device().home();
      topic = device.createTopic("import", open);
    }

    @Override
    public long run() {
      if (topic == null) throw new IllegalStateException("not prepared");
      Iterator<Draft> drafts =
          IntStream.range(0, entries).mapToObj(i -> Draft.of(payload(i))).iterator();
      return topic.importEntries(drafts, Progress.none()).entries();
    }

    @Override
    public void clean() throws Exception {
      if (device != null) device.close();
      Scratch.delete(home);
    }
  }
}
