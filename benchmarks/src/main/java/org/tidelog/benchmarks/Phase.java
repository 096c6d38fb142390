package org.tidelog.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.Draft;
import org.tidelog.node.EntryStream;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Status;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;
import org.tidelog.node.VerifyReport;

/**
 * One step in the life of a large log, in a process of its own, so that its memory is its own:
 * {@link ScaleBenchmark} runs them one after the other. Prints milliseconds, the heap's peak and
 * the process's, in bytes.
 *
 * <p>Arguments: a phase, the folder that the phases share, entries, bytes of a payload.
 */
public enum Phase {
  IMPORT {
    @Override
    void run(Path folder, long entries, int payloadBytes) {
      try (Tidelog author = author(folder)) {
        Topic topic = author.createTopic(LABEL, true);
        Random random = new Random(1);
        byte[] payload = new byte[payloadBytes];
        Iterator<Draft> drafts =
            LongStream.range(0, entries)
                .mapToObj(
                    i -> {
                      random.nextBytes(payload);
                      return Draft.of(payload.clone());
                    })
                .iterator();
        expect(entries, topic.importEntries(drafts, Progress.none()).entries());
      }
    }
  },
  PUBLISH {
    @Override
    void run(Path folder, long entries, int payloadBytes) {
      try (Tidelog author = open(folder.resolve(AUTHOR), folder)) {
        Topic topic = author.topic(LABEL).orElseThrow();
        author.publish(topic, PublishOptions.defaults(), Progress.none());
      }
    }
  },
  FETCH {
    @Override
    void run(Path folder, long entries, int payloadBytes) throws IOException {
      try (Tidelog reader =
          Scratch.device(
              folder.resolve(READER), TidelogOptions.defaults(), folder.resolve(MIRROR))) {
        reader.follow(published(folder), LABEL);
        FetchReport report = reader.fetch(null, FetchOptions.defaults(), Progress.none()).get(0);
        if (!report.complete()) throw new AssertionError(report.problems());
        expect(entries + 1, report.entries());
      }
    }
  },
  VERIFY {
    @Override
    void run(Path folder, long entries, int payloadBytes) {
      try (Tidelog reader = open(folder.resolve(READER), folder)) {
        VerifyReport report = reader.verify(null, Progress.none()).get(0);
        if (!report.ok()) throw new AssertionError(report.problems());
        expect(entries + 1, report.entries());
      }
    }
  },
  READ {
    @Override
    void run(Path folder, long entries, int payloadBytes) {
      try (Tidelog reader = open(folder.resolve(READER), folder);
          EntryStream stream = reader.topic(LABEL).orElseThrow().read(ReadQuery.all())) {
        long count = 0;
        while (stream.hasNext()) {
          stream.next();
          count++;
        }
        expect(entries, count);
      }
    }
  },
  OPEN {
    @Override
    void run(Path folder, long entries, int payloadBytes) {
      try (Tidelog reader = open(folder.resolve(READER), folder)) {
        Status status = reader.status();
        expect(entries + 1, status.logs().get(0).size());
      }
    }
  };

  private static final String AUTHOR = "author";
  private static final String READER = "reader";
  private static final String MIRROR = "mirror";
  private static final String LABEL = "scale";

  abstract void run(Path folder, long entries, int payloadBytes) throws IOException;

  /** Runs the phase that the first argument names. */
  public static void main(String[] words) throws IOException {
    Phase phase = valueOf(words[0].toUpperCase(Locale.ROOT));
    long began = System.nanoTime();
    phase.run(Path.of(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
    long millis = (System.nanoTime() - began) / 1_000_000;
    System.out.printf(Locale.ROOT, "%d %d %d%n", millis, heapPeak(), processPeak());
  }

  private static Tidelog author(Path folder) {
    return Scratch.device(
        folder.resolve(AUTHOR), TidelogOptions.defaults(), folder.resolve(MIRROR));
  }

  private static Tidelog open(Path home, Path folder) {
    List<String> mirror = List.of(folder.resolve(MIRROR).toString());
    return Tidelog.open(home, TidelogOptions.defaults().withMirrors(mirror));
  }

  /** The name of the one log in the mirror. */
  private static IpnsName published(Path folder) throws IOException {
    try (var names = Files.list(folder.resolve(MIRROR).resolve("names"))) {
      return IpnsName.parse(names.findFirst().orElseThrow().getFileName().toString());
    } catch (MalformedException e) {
      throw new AssertionError("a mirror names its records after their logs", e);
    }
  }

  private static void expect(long expected, long actual) {
    if (expected != actual) throw new AssertionError(actual + " and not " + expected);
  }

  static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Most memory that the process ever had, as Linux counts; 0 elsewhere. */
  static long processPeak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) return 0;
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }
}
