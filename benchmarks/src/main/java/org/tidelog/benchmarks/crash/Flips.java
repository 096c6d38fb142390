package org.tidelog.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.InitOptions;
import org.tidelog.node.LogStatus;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogException;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/**
 * Flips one bit of one file of a small home, or of its mirror, and uses what is left: that has to
 * be noticed, or to do no harm. Never is another text shown, never is something thrown that is no
 * {@link TidelogException}, and never does this device's log go on from an earlier entry.
 */
public final class Flips {
  private final Path root;
  private final Random random;
  private final Map<String, int[]> tally = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<IpnsName, Long> sizes = new HashMap<>();
  private final Set<String> shortNames = new HashSet<>();
  private Probe home = new Probe();
  private Probe reader = new Probe();

  private Flips(Path root, long seed) {
    this.root = root;
    this.random = new Random(seed);
  }

  /** Arguments: a folder, {@code --flips N} (0: every byte of every file), {@code --seed N}. */
  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.parse(words);
    long seed = arguments.number("seed", System.nanoTime() & 0xffff_ffffL);
    System.err.println("seed " + seed);
    Path folder = Files.createDirectories(arguments.folder());
    Result result = run(folder, seed, (int) arguments.number("flips", 0));
    System.out.print(result.table());
    result.failures().forEach(System.out::println);
    if (!result.failures().isEmpty()) System.exit(1);
  }

  /**
   * What came of it.
   *
   * @param failures what was neither noticed nor harmless
   */
  record Result(String table, List<String> failures) {}

  /**
   * @param count flips, of bytes at random; 0: one bit of every byte
   */
  static Result run(Path folder, long seed, int count) throws IOException {
    Path root = Files.createTempDirectory(folder, "tidelog-flips-");
    Flips flips = new Flips(root, seed);
    flips.prepare();
    for (Flip flip : flips.plan(count)) {
      flips.one(flip);
    }
    Trees.delete(root);
    return new Result(flips.table(), flips.failures);
  }

  private record Flip(Path file, int at) {}

  private List<Flip> plan(int count) throws IOException {
    List<Flip> all = new ArrayList<>();
    List<Path> files = new ArrayList<>(Check.files(root.resolve("anna")));
    files.addAll(Check.files(root.resolve("mirror")));
    for (Path file : files) {
      for (int at = 0; at < Files.size(file); at++) {
        all.add(new Flip(root.relativize(file), at));
      }
    }
    Collections.shuffle(all, random);
    return count == 0 ? all : all.subList(0, Math.min(count, all.size()));
  }

  /** A home with an open topic, a sealed one and a log of another device's, and a reader of it. */
  private void prepare() throws IOException {
    Tidelog.init(root.resolve("anna"), InitOptions.defaults().withDisplayName("anna"));
    Tidelog.init(root.resolve("ben"), InitOptions.defaults().withDisplayName("ben"));
    try (Tidelog anna = open("anna");
        Tidelog ben = open("ben")) {
      Topic trip = anna.createTopic("trip", true);
      Topic den = anna.createTopic("den", false);
      Topic bens = ben.join(den.invitation(), null);
      ben.follow(trip.name().orElseThrow(), "trip");
      bens.append("said by ben");
      ben.publish(null, PublishOptions.defaults(), Progress.none());
      for (int i = 0; i < 6; i++) {
        trip.append("entry " + i + " of the trip " + ".".repeat(1_200));
        den.append("entry " + i + " of the den");
      }
      trip.delete(List.of(2L));
      anna.follow(bens.name().orElseThrow(), "den");
      anna.fetch(null, FetchOptions.defaults(), Progress.none());
      anna.publish(null, new PublishOptions(true, false), Progress.none());
      for (LogStatus log : anna.status().logs()) {
        sizes.merge(log.name(), log.size(), Math::max);
        shortNames.add(log.name().shortText());
      }
    }
    Files.deleteIfExists(root.resolve("anna/lock"));
    home = probe("anna", root.resolve("anna"), root.resolve("mirror"));
    reader = probe("ben", root.resolve("ben"), root.resolve("mirror"));
    if (!home.problems.isEmpty() || !reader.problems.isEmpty()) {
      throw new IOException("before any flip: " + home.problems + reader.problems);
    }
  }

  private Tidelog open(String name) {
    return Tidelog.open(
        root.resolve(name),
        TidelogOptions.defaults().withMirrors(List.of(root.resolve("mirror").toString())));
  }

  /** Uses copies. */
  private Probe probe(String name, Path device, Path mirror) throws IOException {
    Path copies = Files.createDirectories(root.resolve("copies"));
    try {
      Trees.copy(device, copies.resolve(name));
      Trees.copy(mirror, copies.resolve("mirror"));
      return Probe.of(copies.resolve(name), copies.resolve("mirror"));
    } finally {
      Trees.delete(copies);
    }
  }

  private void one(Flip flip) throws IOException {
    boolean own = flip.file.startsWith("anna");
    Path file = root.resolve(flip.file);
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    int bit = 1 << random.nextInt(8);
    flipped[flip.at] ^= (byte) bit;
    Files.write(file, flipped);
    String where = kind(flip.file);
    try {
      Probe probe =
          own
              ? probe("anna", root.resolve("anna"), root.resolve("mirror"))
              : probe("ben", root.resolve("ben"), root.resolve("mirror"));
      judge(probe, own ? home : reader, where + " at " + flip.at + " bit " + bit, where);
    } catch (RuntimeException | Error e) {
      tally.computeIfAbsent(where, key -> new int[3])[2]++;
      failures.add(where + " at " + flip.at + " bit " + bit + ": thrown: " + thrown(e));
    } finally {
      Files.write(file, whole);
    }
  }

  private static String thrown(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private void judge(Probe probe, Probe truth, String what, String where) {
    boolean noticed = !probe.problems.isEmpty();
    int before = failures.size();
    probe.shown.forEach(
        (entry, text) -> {
          String expected = truth.shown.get(entry);
          boolean same = text.equals(expected) || (noticed && text.startsWith("("));
          if (!same) failures.add(what + ": shows " + text + " for " + expected + " at " + entry);
        });
    for (String author : probe.authors) {
      // Where the first entry is missing, and that is said, the name of the log stands in for it.
      boolean known = truth.authors.contains(author) || (noticed && shortNames.contains(author));
      if (!known) failures.add(what + ": says that it is by " + author);
    }
    if (!noticed && !probe.shown.keySet().equals(truth.shown.keySet())) {
      failures.add(what + ": shows less, and says nothing of it");
    }
    // A home that is a copy may go on in a new log, which begins where it likes.
    boolean earlier =
        probe.appended.isPresent()
            && probe.appended.get().seq() < sizes.getOrDefault(probe.appended.get().log(), 0L);
    if (earlier) failures.add(what + ": goes on from an earlier entry");
    int column = failures.size() > before ? 2 : noticed ? 0 : 1;
    tally.computeIfAbsent(where, key -> new int[3])[column]++;
  }

  /** Names of blocks and records are of no interest. */
  private static String kind(Path file) {
    int names = file.getNameCount();
    return names > 2 ? file.subpath(0, 2) + "/…" : file.toString();
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("| file | flips | noticed | harmless | neither |\n|---|--:|--:|--:|--:|\n");
    tally.forEach(
        (file, n) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %,d |%n",
                    file,
                    n[0] + n[1] + n[2],
                    n[0],
                    n[1],
                    n[2])));
    return table.toString();
  }
}
