package org.tidelog.node.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.Invitation;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/**
 * Writes conversations made by chance into one mirror, and beside it what this program reads there:
 * for another reader to be compared with. {@code FOLDER/mirror}, {@code FOLDER/cases.json} (a list
 * of name, invitation or nothing, and the time of reading), {@code FOLDER/expected/NAME.jsonl}.
 */
final class MirrorWriter {
  private static final int WRITERS_MAX = 5;
  private static final int SITTINGS_MAX = 6;

  private final Path folder;
  private final Random random;
  private final RandomDrafts drafts;
  private final List<String> cases = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private int conversations;

  private MirrorWriter(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
    this.drafts = new RandomDrafts(random);
  }

  /** Arguments: an empty folder, how many logs at least, and a seed or nothing. */
  public static void main(String[] args) throws IOException {
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    System.out.println("seed " + seed);
    MirrorWriter writer = new MirrorWriter(Path.of(args[0]), seed);
    writer.run(Integer.parseInt(args[1]));
    System.out.println(writer.cases.size() + " logs in " + writer.conversations + " conversations");
  }

  private void run(int logs) throws IOException {
    Files.createDirectories(folder.resolve("expected"));
    while (cases.size() < logs) {
      converse();
    }
    Files.writeString(folder.resolve("cases.json"), "[" + String.join(",\n", cases) + "]\n");
  }

  private void converse() throws IOException {
    int number = conversations++;
    boolean open = random.nextBoolean();
    List<Writer> writers = new ArrayList<>();
    int count = 1 + random.nextInt(WRITERS_MAX);
    for (int i = 0; i < count; i++) {
      writers.add(writer(home(number, i), writers, open));
    }
    for (int i = random.nextInt(SITTINGS_MAX) + count; i > 0; i--) {
      now = now.plusMillis(1 + random.nextInt(40_000_000));
      writers.get(random.nextInt(count)).sit(i <= count);
    }
    writers.forEach(Writer::publish);
    now = now.plusMillis(random.nextInt(40_000_000));
    Invitation invitation = writers.get(0).topic.invitation();
    List<IpnsName> names = new ArrayList<>();
    writers.forEach(writer -> names.add(writer.topic.name().orElseThrow()));
    writers.forEach(writer -> writer.tidelog.close());
    read(home(number, count), names, open ? "" : invitation.text());
  }

  private Path home(int conversation, int device) {
    return folder.resolve("homes").resolve(conversation + "-" + device);
  }

  private Tidelog tidelog(Path home) {
    Path mirror = folder.resolve("mirror");
    return Tidelog.open(
        home,
        TidelogOptions.defaults().withMirrors(List.of(mirror.toString())).withTime(() -> now));
  }

  private Writer writer(Path home, List<Writer> others, boolean open) {
    program(home, "init", "--no-passphrase", "--display-name", drafts.displayName());
    Tidelog tidelog = tidelog(home);
    Topic topic =
        others.isEmpty()
            ? tidelog.createTopic("talk", open)
            : tidelog.join(others.get(0).topic.invitation(), null);
    IpnsName name = topic.name().orElseThrow();
    for (Writer other : others) {
      other.tidelog.follow(name, "talk");
      tidelog.follow(other.topic.name().orElseThrow(), "talk");
    }
    return new Writer(tidelog, topic, new ArrayList<>());
  }

  private final class Writer {
    private final Tidelog tidelog;
    private final Topic topic;
    private final List<Long> written;

    Writer(Tidelog tidelog, Topic topic, List<Long> written) {
      this.tidelog = tidelog;
      this.topic = topic;
      this.written = written;
    }

    /** Reads what the others wrote, or not; writes, takes something back, publishes, or not. */
    void sit(boolean publishes) {
      if (random.nextInt(4) > 0) tidelog.fetch(null, FetchOptions.defaults(), Progress.none());
      topic.appendAll(drafts.next()).forEach(receipt -> written.add(receipt.seq()));
      if (random.nextInt(3) == 0 && !written.isEmpty()) {
        List<Long> gone = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
          gone.add(written.get(random.nextInt(written.size())));
        }
        topic.delete(gone);
      }
      if (publishes || random.nextBoolean()) publish();
    }

    void publish() {
      tidelog.publish(null, PublishOptions.defaults(), Progress.none());
    }
  }

  /** A device that was not there reads all logs by the commands that a person would use. */
  private void read(Path home, List<IpnsName> names, String invitation) throws IOException {
    program(home, "init", "--no-passphrase");
    if (!invitation.isEmpty()) program(home, "topic", "join", invitation);
    for (IpnsName name : names) {
      program(home, "follow", name.text(), "--as", "talk");
    }
    program(home, "fetch");
    for (IpnsName name : names) {
      byte[] lines = program(home, "read", name.text(), "--all");
      Files.write(folder.resolve("expected").resolve(name.text() + ".jsonl"), lines);
      cases.add(
          String.format(
              "{\"name\":\"%s\",\"invitation\":\"%s\",\"now\":%d}",
              name.text(), invitation, now.toEpochMilli()));
    }
  }

  /** What the program prints; it has to succeed. */
  private byte[] program(Path home, String... args) {
    List<String> all = new ArrayList<>(List.of("--json", "--home", home.toString()));
    all.addAll(List.of("--mirror", folder.resolve("mirror").toString()));
    all.addAll(List.of("--time", now.toString()));
    all.addAll(List.of(args));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = InputStream.nullInputStream();
    Host host = new Host(in, out, err, Map.of(), false, false, Optional.empty());
    if (Main.run(all.toArray(new String[0]), host) != ExitCodes.DONE) {
      throw new AssertionError(all + ": " + err.toString(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
