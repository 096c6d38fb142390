package org.tidelog.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.node.Draft;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.InitOptions;
import org.tidelog.node.LayerStatus;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.PublishReport;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;
import org.tidelog.node.ipfs.HttpClient;
import org.tidelog.node.ipfs.Kubo;
import org.tidelog.node.ipfs.Place;
import org.tidelog.node.ipfs.TimeLimits;

/**
 * Publishes to one Kubo node and fetches from another that is connected to it, in one warm process:
 * 1, 100 and 10,000 new entries through each adapter, beside the same texts put and published by
 * hand with the same nodes, in turn. Then blocks a second, one by one and as CAR files, and what it
 * takes to follow a thousand names ({@code --names}), with an index of them and without.
 *
 * <p>Arguments: a folder for homes; {@code --rounds} (20), of which the first five are not counted;
 * {@code --large} rounds of 10,000 entries (5). The environment names the nodes: {@code RPC_A},
 * {@code GATEWAY_A}, {@code RPC_B}, {@code GATEWAY_B}, each an {@code http://127.0.0.1:PORT}.
 */
public final class IpfsBenchmark {
  private static final int WARM = 5;
  private static final int PAYLOAD_BYTES = 256;
  private static final int BLOCKS = 200;
  private static final int BLOCK_BYTES = 16 * 1024;

  private final Random random = new Random(1);
  private final Map<String, Times> times = new LinkedHashMap<>();
  private final ByHand a = new ByHand(System.getenv("RPC_A"));
  private final ByHand b = new ByHand(System.getenv("RPC_B"));

  private IpfsBenchmark() {}

  /** What one way took, and how many bytes. */
  private static final class Times {
    final List<Double> publish = new ArrayList<>();
    final List<Double> fetch = new ArrayList<>();
    long published;
    long fetched;

    void print(String what) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %,d | %.1f | %.1f | %,d | %.1f |%n",
          what,
          quantile(publish, 0.5),
          quantile(publish, 0.95),
          published,
          quantile(fetch, 0.5),
          quantile(fetch, 0.95),
          fetched,
          quantile(publish, 0.5) + quantile(fetch, 0.5));
    }

    private static double quantile(List<Double> values, double part) {
      List<Double> sorted = new ArrayList<>(values);
      Collections.sort(sorted);
      return sorted.get((int) Math.min(sorted.size() - 1, Math.round(part * (sorted.size() - 1))));
    }
  }

  /** One way to a reader: what the writer publishes to and the reader fetches from. */
  private record Way(String name, Topic topic, Tidelog writer, Tidelog reader) {}

  /** Runs the comparison and prints tables. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    new IpfsBenchmark().run(settings);
  }

  private void run(Settings settings) throws Exception {
    List<String> kuboA = List.of("kubo:" + System.getenv("RPC_A"));
    List<String> kuboB = List.of("kubo:" + System.getenv("RPC_B"));
    List<String> gatewayB = List.of("gateway:" + System.getenv("GATEWAY_B"));
    try (Scratch scratch = Scratch.in(settings.folder())) {
      String folder = scratch.fresh("mirror").toString();
      List<String> namesA = List.of(folder, "delegated:" + System.getenv("GATEWAY_A"));
      List<String> namesB = List.of(folder, "delegated:" + System.getenv("GATEWAY_B"));
      List<Way> ways = new ArrayList<>();
      ways.add(way("`kubo:` to `kubo:`", scratch, kuboA, kuboB));
      ways.add(way("`kubo:` to `gateway:`", scratch, kuboA, gatewayB));
      List<String> here = List.of(scratch.fresh("mirror").toString());
      ways.add(way("a folder, without IPFS", scratch, here, here));
      Way names = way("`delegated:` to `delegated:`, blocks in a folder", scratch, namesA, namesB);
      try {
        List<Way> all = new ArrayList<>(ways);
        all.add(names);
        for (int round = 0; round < settings.number("rounds", 20) + WARM; round++) {
          one(all, round >= WARM);
        }
        print("1 entry of 256 bytes");
        for (int round = 0; round < settings.number("rounds", 20); round++) {
          several(ways, 100, true);
        }
        print("100 entries of 256 bytes");
        for (int round = 0; round < settings.number("large", 5); round++) {
          several(ways, 10_000, true);
        }
        print("10,000 entries of 256 bytes");
      } finally {
        for (Way way : ways) close(way);
        close(names);
      }
    }
    blocks();
    try (Scratch scratch = Scratch.in(settings.folder())) {
      names(scratch, settings.number("names", 1_000));
    }
  }

  private static void close(Way way) {
    way.writer.close();
    way.reader.close();
  }

  private static Way way(String name, Scratch scratch, List<String> to, List<String> from) {
    Tidelog writer = device(scratch.fresh("writer"), to);
    Tidelog reader = device(scratch.fresh("reader"), from);
    Topic topic = writer.createTopic("topic", true);
    reader.follow(topic.name().orElseThrow(), "news");
    return new Way(name, topic, writer, reader);
  }

  private static Tidelog device(Path home, List<String> mirrors) {
    Tidelog.init(home, InitOptions.defaults());
    return Tidelog.open(home, TidelogOptions.defaults().withMirrors(mirrors));
  }

  private byte[] text(int bytes) {
    byte[] text = new byte[bytes];
    random.nextBytes(text);
    return text;
  }

  private void one(List<Way> ways, boolean counts) throws Exception {
    byte[] text = text(PAYLOAD_BYTES);
    long began = System.nanoTime();
    String name = a.publish(text);
    long published = System.nanoTime();
    if (!Arrays.equals(b.fetch(name), text)) throw new AssertionError("another text by hand");
    if (counts)
      took(
          "by hand: `block/put`, `name/publish`; `name/resolve`, `block/get`",
          began,
          published,
          text.length,
          text.length);
    for (Way way : ways) {
      way.topic.append(Draft.of(text));
      send(way, 1, counts);
    }
  }

  private void several(List<Way> ways, int count, boolean counts) throws Exception {
    byte[] text = text(count * PAYLOAD_BYTES);
    long began = System.nanoTime();
    String cid = a.add(text);
    long published = System.nanoTime();
    if (!Arrays.equals(b.cat(cid), text)) throw new AssertionError("another text by hand");
    if (counts)
      took(
          "by hand: `add`; `cat` of the same bytes, no name",
          began,
          published,
          text.length,
          text.length);
    for (Way way : ways) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        drafts.add(Draft.of(Arrays.copyOfRange(text, i * PAYLOAD_BYTES, (i + 1) * PAYLOAD_BYTES)));
      }
      way.topic.appendAll(drafts);
      send(way, count, counts);
    }
  }

  private void send(Way way, int count, boolean counts) {
    long began = System.nanoTime();
    List<PublishReport> reports =
        way.writer.publish(way.topic, PublishOptions.defaults(), Progress.none());
    long published = System.nanoTime();
    FetchReport fetched = way.reader.fetch(null, FetchOptions.defaults(), Progress.none()).get(0);
    if (fetched.entries() < count || !fetched.complete()) {
      throw new AssertionError(way.name + ": " + fetched);
    }
    PublishReport.Figures figures = reports.get(0).figures();
    if (counts) {
      took(
          way.name,
          began,
          published,
          figures.blockBytes() + figures.recordBytes(),
          fetched.bytesRead());
    }
  }

  private void took(String what, long began, long published, long written, long read) {
    long end = System.nanoTime();
    Times of = times.computeIfAbsent(what, key -> new Times());
    of.publish.add((published - began) / 1e6);
    of.fetch.add((end - published) / 1e6);
    of.published = written;
    of.fetched = read;
  }

  private void print(String what) {
    System.out.printf(
        "%n| %s | publish, ms | p95 | bytes | fetch, ms | p95 | bytes | both, ms |%n", what);
    System.out.println("|---|---|---|---|---|---|---|---|");
    times.forEach((way, of) -> of.print(way));
    times.clear();
  }

  private void blocks() throws Exception {
    System.out.printf(
        "%n| %d blocks of %,d bytes | blocks a second |%n|---|---|%n", BLOCKS, BLOCK_BYTES);
    try (HttpClient http =
        HttpClient.create("tidelog-benchmark", TimeLimits.of(Duration.ofMinutes(1)))) {
      Place place = Place.parse("kubo:" + System.getenv("RPC_A"));
      Kubo kubo = new Kubo(place, http, null, Duration.ofSeconds(1));
      for (int round = 0; round < 3; round++) {
        List<Map.Entry<Cid, byte[]>> one = fresh();
        long began = System.nanoTime();
        for (Map.Entry<Cid, byte[]> block : one) {
          kubo.put(block.getKey(), block.getValue());
        }
        rate("`block/put`, each after `block/stat`", began);
        List<Map.Entry<Cid, byte[]>> other = fresh();
        began = System.nanoTime();
        for (int from = 0; from < BLOCKS; from += 8) {
          Map<Cid, byte[]> batch = new LinkedHashMap<>();
          other
              .subList(from, Math.min(BLOCKS, from + 8))
              .forEach(e -> batch.put(e.getKey(), e.getValue()));
          kubo.putAll(batch);
        }
        rate("`dag/import`, eight at a time", began);
      }
    }
  }

  /** Many logs of a topic, each of one message, followed by their names and by an index of them. */
  private void names(Scratch scratch, int count) throws Exception {
    String kuboA = "kubo:" + System.getenv("RPC_A");
    List<String> from = List.of("kubo:" + System.getenv("RPC_B"));
    try (HttpClient http =
            HttpClient.create("tidelog-benchmark", TimeLimits.of(Duration.ofMinutes(1)));
        Tidelog helper = device(scratch.fresh("helper"), List.of(kuboA));
        Tidelog one = device(scratch.fresh("one"), from);
        Tidelog other = device(scratch.fresh("other"), from)) {
      Kubo kubo = new Kubo(Place.parse(kuboA), http, null, Duration.ofSeconds(1));
      Topic topic = helper.createTopic("many", true);
      for (int i = 0; i < count; i++) {
        MemoryMirror log = ManyLogs.log(topic.id().orElseThrow(), random, "writer " + i);
        log.publish();
        kubo.put(log.name(), log.record());
        helper.follow(log.name(), "many");
        one.follow(log.name(), "many");
      }
      helper.fetch(null, FetchOptions.defaults(), Progress.none());
      IpnsName index = null;
      for (PublishReport report :
          helper.publish(topic, new PublishOptions(true, false), Progress.none())) {
        if (report instanceof PublishReport.Index of) index = of.index();
      }
      other.follow(Objects.requireNonNull(index), "many");
      System.out.printf(
          Locale.ROOT,
          "%n| %,d names | seconds | requests | bytes of records and blocks |%n|---|---|---|---|%n",
          count);
      follow("each by its name", one);
      follow("each by its name, nothing new", one);
      follow("by an index", other);
      follow("by an index, nothing new", other);
    }
  }

  private static void follow(String how, Tidelog reader) {
    long before = requests(reader);
    long began = System.nanoTime();
    List<FetchReport> reports = reader.fetch(null, FetchOptions.defaults(), Progress.none());
    double seconds = (System.nanoTime() - began) / 1e9;
    long bytes = reports.stream().mapToLong(FetchReport::bytesRead).sum();
    System.out.printf(
        Locale.ROOT, "| %s | %.2f | %,d | %,d |%n", how, seconds, requests(reader) - before, bytes);
  }

  private static long requests(Tidelog reader) {
    return reader.status().device().layers().stream().mapToLong(LayerStatus::requests).sum();
  }

  private List<Map.Entry<Cid, byte[]>> fresh() {
    List<Map.Entry<Cid, byte[]>> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      byte[] block = text(BLOCK_BYTES);
      blocks.add(Map.entry(Cid.sha256(Codec.RAW, block), block));
    }
    return blocks;
  }

  private static void rate(String what, long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(Locale.ROOT, "| %s | %,.0f |%n", what, BLOCKS / seconds);
  }
}
