package org.tidelog.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.vac.VacMessage;
import org.tidelog.log.vac.VacPolicy;
import org.tidelog.log.vac.VacReader;
import org.tidelog.log.vac.VacWriter;

/**
 * What it costs to publish and to follow a chat: two publications a minute for an hour, a message
 * in each, by our pages and by each mode of 3/REMOTE-LOG. Our entries bring signature, links and
 * proofs; a Vac message here is its payload alone, and its name an IPNS record too, so the
 * comparison is in favour of Vac.
 *
 * <p>Arguments: a folder, not used; {@code --payload} bytes (70), {@code --publications} (120).
 */
public final class PublishingCosts {
  private static final int PAIRS = 256;
  private static final int NEWEST = 10;

  private final int payloadBytes;
  private final int publications;

  private PublishingCosts(int payloadBytes, int publications) {
    this.payloadBytes = payloadBytes;
    this.publications = publications;
  }

  /** Prints a table for a new log and one for a log with a past. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    PublishingCosts costs =
        new PublishingCosts(settings.number("payload", 70), settings.number("publications", 120));
    costs.print(0);
    costs.print(10_000);
  }

  private void print(int before) throws MalformedException {
    System.out.printf(
        "%n| %d publications of a message of %d bytes, %,d messages before | written, bytes for each"
            + " byte appended | reader back after one message: bytes | blocks | after all: bytes |"
            + " blocks |%n|---|---|---|---|---|---|%n",
        publications, payloadBytes, before);
    row("Tidelog", new Ours(), before);
    row("3/REMOTE-LOG, `embedded`", new Vac(VacPolicy.embedded()), before);
    row("`mapped`, " + PAIRS + " pairs a page", new Vac(VacPolicy.mapped(PAIRS)), before);
    row("`linked`", new Vac(VacPolicy.linked()), before);
    row(
        "`last-k`, k = " + NEWEST + ", " + PAIRS + " pairs a page",
        new Vac(VacPolicy.lastK(NEWEST, PAIRS)),
        before);
  }

  private void row(String name, Log log, int before) throws MalformedException {
    if (before > 0) {
      log.append(before);
      log.publish();
    }
    Reader away = log.reader();
    long written = 0;
    for (int i = 0; i < publications - 1; i++) {
      log.append(1);
      written += log.publish();
    }
    Reader briefly = log.reader();
    log.append(1);
    written += log.publish();
    Cost one = briefly.catchUp();
    Cost all = away.catchUp();
    if (one.messages != 1 || all.messages != publications) {
      throw new AssertionError(name + ": " + one + ", " + all);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %,d | %d | %,d | %d |%n",
        name,
        written / (double) (publications * payloadBytes),
        one.bytes,
        one.blocks,
        all.bytes,
        all.blocks);
  }

  /** What catching up took: messages that came, bytes of record and blocks, and how many blocks. */
  private record Cost(long messages, long bytes, long blocks) {}

  /** Someone who has all that was published when they were made. */
  private interface Reader {
    Cost catchUp() throws MalformedException;
  }

  /** A log with one writer. */
  private interface Log {
    void append(int messages);

    /** Gives the bytes that were written. */
    long publish();

    Reader reader() throws MalformedException;
  }

  private final class Ours implements Log {
    private final MemoryMirror mirror = new MemoryMirror();
    private boolean published;

    Ours() {
      mirror.append(1, 150); // The genesis, which is published with the first message.
    }

    @Override
    public void append(int messages) {
      mirror.append(messages, payloadBytes);
    }

    @Override
    public long publish() {
      published = true;
      return mirror.publish();
    }

    @Override
    public Reader reader() {
      MemoryLogStore store = new MemoryLogStore();
      long genesis = published ? 0 : 1;
      if (published) mirror.follow(store);
      return () -> {
        FollowOutcome outcome = mirror.follow(store);
        return new Cost(
            outcome.added().count() - genesis, outcome.bytesRead(), outcome.blocksRead());
      };
    }
  }

  private final class Vac implements Log {
    private final Random random = new Random(1);
    private final Signer signer = Ed25519.signer(new byte[Ed25519.SEED_BYTES]);
    private final VacWriter writer;
    private final Map<Cid, byte[]> blocks = new HashMap<>();
    private final Set<Digest> all = new HashSet<>();
    private final List<VacMessage> pending = new ArrayList<>();
    private Cid name = Cid.sha256(Codec.RAW, new byte[0]);
    private byte[] record = {};
    private long sequence;

    Vac(VacPolicy policy) {
      writer = new VacWriter(policy);
    }

    @Override
    public void append(int messages) {
      for (int i = 0; i < messages; i++) {
        byte[] content = new byte[payloadBytes];
        random.nextBytes(content);
        pending.add(new VacMessage(Sha256.hash(content), content));
      }
    }

    @Override
    public long publish() {
      VacWriter.Publication publication = writer.publish(pending);
      pending.forEach(message -> all.add(message.id()));
      pending.clear();
      long written = 0;
      for (VacWriter.Block block : publication.blocks()) {
        blocks.put(block.cid(), block.bytes());
        written += block.bytes().length;
      }
      name = publication.page();
      record = IpnsRecord.create(signer, content(name)).bytes();
      return written + record.length;
    }

    private IpnsContent content(Cid page) {
      byte[] path = ("/ipfs/" + page.text()).getBytes(StandardCharsets.US_ASCII);
      Instant validity = Instant.parse("2027-01-01T00:00:00Z");
      return new IpnsContent(path, ++sequence, validity, Duration.ofMinutes(5), new TreeMap<>());
    }

    @Override
    public Reader reader() {
      Set<Digest> known = new HashSet<>(all);
      return () -> {
        VacReader reader = new VacReader(name, known::contains, Integer.MAX_VALUE);
        long bytes = record.length;
        long count = 0;
        while (reader.wanted().isPresent()) {
          byte[] block = Objects.requireNonNull(blocks.get(reader.wanted().get()));
          bytes += block.length;
          count++;
          reader.onBlock(block);
        }
        return new Cost(reader.messages().size(), bytes, count);
      };
    }
  }
}
