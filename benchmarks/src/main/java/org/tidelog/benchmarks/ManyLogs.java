package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Signer;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Progress;
import org.tidelog.node.Status;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;

/**
 * A home that follows very many logs, each of a writer of its own with a few words in it: {@code
 * fill} makes it, {@code open} opens it and asks for its status. Prints milliseconds and peaks of
 * memory as {@link Phase} does.
 *
 * <p>Arguments: {@code fill} or {@code open}, a folder, logs (10000).
 */
public final class ManyLogs {
  private static final long TIME_MILLIS = 1_767_225_600_000L;
  private static final int PAYLOAD_BYTES = 70;
  private static final String LABEL = "many";

  private ManyLogs() {}

  /** Does one of both. */
  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[1]);
    int logs = words.length > 2 ? Integer.parseInt(words[2]) : 10_000;
    if (words[0].equals("fill")) {
      fill(folder, logs);
      return;
    }
    long began = System.nanoTime();
    long opened;
    try (Tidelog device = open(folder)) {
      opened = System.nanoTime();
      Status status = device.status();
      if (status.logs().size() < logs) throw new AssertionError(status.logs().size());
    }
    System.out.printf(
        Locale.ROOT,
        "opened %d ms, with status %d ms, heap %d MB, process %d MB%n",
        (opened - began) / 1_000_000,
        (System.nanoTime() - began) / 1_000_000,
        Phase.heapPeak() >> 20,
        Phase.processPeak() >> 20);
  }

  private static void fill(Path folder, int logs) throws IOException {
    Path names = Files.createDirectories(folder.resolve("mirror").resolve("names"));
    Files.createDirectories(folder.resolve("mirror").resolve("blocks"));
    Random random = new Random(1);
    Digest topic = Digest.of(new byte[Digest.LENGTH]);
    try (Tidelog device =
        Scratch.device(
            folder.resolve("home"), TidelogOptions.defaults(), folder.resolve("mirror"))) {
      for (int i = 0; i < logs; i++) {
        MemoryMirror log = log(topic, random, "writer " + i);
        log.publish();
        Files.write(names.resolve(log.name().text()), log.record());
        device.follow(log.name(), LABEL);
      }
      for (FetchReport report : device.fetch(null, FetchOptions.defaults(), Progress.none())) {
        if (!report.complete()) throw new AssertionError(report.problems());
      }
    }
  }

  /** A log of a first statement and a message, with its mirror. */
  static MemoryMirror log(Digest topic, Random random, String writer) {
    Signer signer = Ed25519.signer(bytes(random, Ed25519.SEED_BYTES));
    Signer device = Ed25519.signer(bytes(random, Ed25519.SEED_BYTES));
    byte[] incarnation = bytes(random, GenesisStatement.INCARNATION_BYTES);
    GenesisStatement.Author author =
        new GenesisStatement.Author(device, incarnation, Digest.ZERO, writer);
    MemoryMirror log = new MemoryMirror(signer);
    GenesisStatement statement = GenesisStatement.sign(author, log.name(), topic, LogPurpose.LOG);
    byte[] genesis = Genesis.open(topic, statement).encode();
    byte[] words = bytes(random, PAYLOAD_BYTES);
    log.append(
        List.of(
            NewEntry.plain(EntryKind.GENESIS, TIME_MILLIS, genesis),
            NewEntry.plain(EntryKind.DATA, TIME_MILLIS + 1, words)));
    return log;
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Tidelog open(Path folder) {
    List<String> mirror = List.of(folder.resolve("mirror").toString());
    return Tidelog.open(folder.resolve("home"), TidelogOptions.defaults().withMirrors(mirror));
  }
}
