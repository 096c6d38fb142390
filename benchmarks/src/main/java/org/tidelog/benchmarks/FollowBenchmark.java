package org.tidelog.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.node.Draft;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Invitation;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;
import org.tidelog.node.sqlite.SqliteNodeStore;

/**
 * Bringing somebody else's log up to date from nothing: verified only (a follower, from memory into
 * memory), verified and stored (from memory into a new SQLite store, durable page by page), and a
 * fetch as an application does it (from a mirror's folder into a new home, entries looked into).
 *
 * <p>Arguments: a folder on the disk to measure; {@code --rounds} (7), {@code --entries} (100000),
 * {@code --payload} bytes (256).
 */
public final class FollowBenchmark {
  private final Scratch scratch;
  private final int entries;
  private final byte[] payload;

  private FollowBenchmark(Scratch scratch, int entries, int payloadBytes) {
    this.scratch = scratch;
    this.entries = entries;
    this.payload = new byte[payloadBytes];
    new Random(1).nextBytes(payload);
  }

  /** Runs the comparison and prints a table. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    int payloadBytes = settings.number("payload", 256);
    int entries = settings.number("entries", 100_000);
    try (Scratch scratch = Scratch.in(settings.folder())) {
      FollowBenchmark benchmark = new FollowBenchmark(scratch, entries, payloadBytes);
      MemoryMirror mirror = new MemoryMirror(entries, payloadBytes);
      List<Figure> figures =
          new Contest(settings.number("rounds", 7))
              .with("verify", () -> mirror.follow(new MemoryLogStore()).added().count())
              .with("verify and store", benchmark.new Store(mirror))
              .with("fetch, open topic", benchmark.new Fetch(true))
              .with("fetch, private topic", benchmark.new Fetch(false))
              .run();
      Contest.print("entries of another's log, payloads of " + payloadBytes + " bytes", figures);
    }
  }

  private final class Store implements Lap {
    private final MemoryMirror mirror;
    private Path folder = scratch.root();
    private @Nullable SqliteNodeStore store;

    Store(MemoryMirror mirror) {
      this.mirror = mirror;
    }

    @Override
    public void prepare() throws Exception {
      folder = Files.createDirectory(scratch.fresh("store"));
      store = SqliteNodeStore.create(folder.resolve("store.db"));
    }

    @Override
    public long run() {
      if (store == null) throw new IllegalStateException("not prepared");
      return mirror.follow(store).added().count();
    }

    @Override
    public void clean() throws Exception {
      if (store != null) store.close();
      Scratch.delete(folder);
    }
  }

  private final class Fetch implements Lap {
    private final Path mirror = scratch.fresh("mirror");
    private final Invitation invitation;
    private Path home = scratch.root();
    private @Nullable Tidelog reader;

    Fetch(boolean open) {
      try (Tidelog author =
          Scratch.device(scratch.fresh("author"), TidelogOptions.defaults(), mirror)) {
        Topic topic = author.createTopic("fetch", open);
        Iterator<Draft> drafts =
            IntStream.range(0, entries).mapToObj(i -> Draft.of(payload)).iterator();
        topic.importEntries(drafts, Progress.none());
        author.publish(topic, PublishOptions.defaults(), Progress.none());
        invitation = topic.invitation();
      }
    }

    @Override
    public void prepare() {
      home = scratch.fresh("reader");
      reader = Scratch.device(home, TidelogOptions.defaults(), mirror);
      reader.join(invitation, null);
    }

    @Override
    public long run() {
      if (reader == null) throw new IllegalStateException("not prepared");
      long fetched = 0;
      for (FetchReport report : reader.fetch(null, FetchOptions.defaults(), Progress.none())) {
        if (!report.complete()) throw new AssertionError(report.problems());
        fetched += report.entries();
      }
      return fetched;
    }

    @Override
    public void clean() throws Exception {
      if (reader != null) reader.close();
      Scratch.delete(home);
    }
  }
}
