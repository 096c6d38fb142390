package org.tidelog.benchmarks.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.ImportReport;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Invitation;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.PublishReport;
import org.tidelog.node.Receipt;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/**
 * The process that is killed. Does one kind of thing over and over, in an order that follows from a
 * seed, and prints a line before each ({@code begin}) and one when it is told that it is done
 * ({@code ack}). Never ends by itself within a minute.
 */
public final class Worker {
  private static final int LARGE_BYTES = 600_000;
  private static final int PADDING_BYTES_MAX = 3_000;

  private final Scene scene;
  private final Random random;
  private final String mark;
  private int made;

  private Worker(Scene scene, long seed) {
    this.scene = scene;
    this.random = new Random(seed);
    this.mark = "w" + Long.toString(seed & Long.MAX_VALUE, 36) + "-";
  }

  /** Arguments: what to do, the scene's folder, a seed. */
  public static void main(String[] words) throws IOException {
    Operation operation = Operation.valueOf(words[0].toUpperCase(Locale.ROOT));
    Worker worker = new Worker(new Scene(Path.of(words[1])), Long.parseLong(words[2]));
    worker.run(operation);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void run(Operation operation) throws IOException {
    switch (operation) {
      case FETCH -> fetching();
      case MIGRATE -> migrating();
      case MERGE -> merging();
      case RENEW -> renewing();
      default -> {
        try (Tidelog home = scene.open(scene.writer())) {
          say("ready");
          while (true) {
            step(operation, home);
          }
        }
      }
    }
  }

  private void step(Operation operation, Tidelog home) throws IOException {
    Topic topic = any(home);
    switch (operation) {
      case APPEND -> append(topic, random.nextInt(20) == 0);
      case IMPORT -> importing(topic);
      case PUBLISH -> {
        append(topic, random.nextInt(30) == 0);
        publish(home);
      }
      case CARRY -> carry(home);
      case BACKUP -> backup(home);
      case DELETE -> {
        Receipt receipt = append(topic, random.nextInt(4) == 0);
        append(topic, false);
        if (random.nextBoolean()) publish(home);
        delete(topic, receipt);
        if (random.nextBoolean()) publish(home);
      }
      default -> throw new IllegalArgumentException("operation: " + operation);
    }
  }

  private Topic any(Tidelog home) {
    String label = Scene.TOPICS.get(random.nextInt(Scene.TOPICS.size()));
    return home.topic(label).orElseThrow();
  }

  private String text() {
    return mark + made++ + " ";
  }

  private String padding() {
    // Mostly short, sometimes as long as makes a page of its own.
    int length = random.nextInt(8) == 0 ? random.nextInt(PADDING_BYTES_MAX) : random.nextInt(100);
    return ".".repeat(length);
  }

  private Receipt append(Topic topic, boolean large) {
    String text = text();
    say("begin append");
    Receipt receipt = large ? appendLarge(topic, text) : appendSmall(topic, text);
    say(
        "ack appended "
            + receipt.log().text()
            + " "
            + receipt.seq()
            + " "
            + receipt.id().hex()
            + " "
            + text);
    return receipt;
  }

  private Receipt appendSmall(Topic topic, String text) {
    AppendOptions options = new AppendOptions(Optional.empty(), random.nextBoolean());
    return topic.append(Draft.text(text + padding()).with(options));
  }

  private static Receipt appendLarge(Topic topic, String text) {
    byte[] payload = text.repeat(LARGE_BYTES / text.length()).getBytes(StandardCharsets.US_ASCII);
    return topic.append(new ByteArrayInputStream(payload), AppendOptions.defaults());
  }

  private void importing(Topic topic) {
    List<Draft> drafts = new ArrayList<>();
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 3_000 : 200);
    String first = "";
    for (int i = 0; i < count; i++) {
      String text = text();
      if (i == 0) first = text;
      drafts.add(Draft.text(text + ".".repeat(random.nextInt(60))));
    }
    say("begin import");
    ImportReport report = topic.importEntries(drafts.iterator(), Progress.none());
    say(
        "ack imported "
            + report.name().text()
            + " "
            + report.firstSeq()
            + " "
            + report.lastSeq()
            + " "
            + first);
  }

  private void publish(Tidelog home) {
    say("begin publish");
    PublishOptions options = new PublishOptions(random.nextInt(4) == 0, random.nextInt(8) == 0);
    List<PublishReport> reports = home.publish(null, options, Progress.none());
    for (PublishReport report : reports) {
      if (report instanceof PublishReport.Log log) {
        say("ack published " + log.name().text() + " " + log.figures().size());
      }
    }
  }

  private static void delete(Topic topic, Receipt receipt) {
    String what = receipt.log().text() + " " + receipt.seq();
    say("begin delete " + what);
    topic.delete(List.of(receipt.seq()));
    say("ack deleted " + what);
  }

  private void merging() {
    say("ready");
    while (true) {
      Tidelog home = scene.open(scene.writer());
      Topic topic = any(home);
      for (int i = 0; i < 12; i++) {
        append(topic, false);
      }
      say("begin merge");
      home.close();
      say("ack merged");
    }
  }

  private void renewing() throws IOException {
    say("ready");
    while (true) {
      Scene copy = scene.copy(mark + made++);
      say("begin renew " + copy.folder());
      try (Tidelog home = copy.open(copy.writer())) {
        append(any(home), false);
        say("ack renewed " + copy.folder());
        append(any(home), random.nextInt(8) == 0);
        publish(home);
      }
    }
  }

  private void carry(Tidelog home) throws IOException {
    Path file = Files.createDirectories(scene.others()).resolve("trip.car");
    append(home.topic("trip").orElseThrow(), random.nextInt(10) == 0);
    say("begin export " + file);
    home.exportCar(home.target("trip"), file, Progress.none());
    say("ack exported " + file);
    Path folder = scene.others().resolve(mark + made++);
    Tidelog.init(folder, InitOptions.defaults());
    try (Tidelog other = scene.open(folder)) {
      say("begin carry " + folder);
      other.importCar(file, "trip", Progress.none());
      say("ack carried " + folder);
    }
  }

  private void backup(Tidelog home) throws IOException {
    Path file = Files.createDirectories(scene.others()).resolve("backup");
    append(any(home), random.nextInt(10) == 0);
    say("begin backup " + file);
    Scene.backup(home, file);
    say("ack backed-up " + file);
    Path folder = scene.others().resolve(mark + made++);
    say("begin restore " + folder);
    Scene.restore(file, folder);
    say("ack restored " + folder);
  }

  private void fetching() throws IOException {
    String invitation;
    String name;
    try (Tidelog home = scene.open(scene.writer())) {
      invitation = home.topic("den").orElseThrow().invitation().text();
      name = home.topic("trip").orElseThrow().name().orElseThrow().text();
    }
    say("ready");
    while (true) {
      Path folder = scene.others().resolve(mark + made++);
      Files.createDirectories(folder.resolveSibling("."));
      say("begin init " + folder);
      Tidelog.init(folder, InitOptions.defaults());
      try (Tidelog other = scene.open(folder)) {
        other.follow(Words.name(name), "trip");
        other.join(Invitation.parse(invitation), "den");
        while (random.nextInt(4) != 0) {
          say("begin fetch " + folder);
          other.fetch(null, bounded(), Progress.none());
          say("ack fetched " + folder);
        }
      }
      say("ack closed " + folder);
    }
  }

  private FetchOptions bounded() {
    return random.nextBoolean()
        ? FetchOptions.defaults()
        : new FetchOptions(OptionalLong.of(random.nextInt(200_000)));
  }

  private void migrating() throws IOException {
    Files.createDirectories(scene.others());
    say("ready");
    while (true) {
      Path folder = scene.others().resolve(mark + made++);
      OldHome.unpack(folder);
      say("begin migrate " + folder);
      try (Tidelog old =
          Tidelog.open(folder, TidelogOptions.defaults().withLockWait(Duration.ZERO))) {
        say("ack migrated " + folder);
        append(any(old), false);
        publish(old);
      }
    }
  }
}
