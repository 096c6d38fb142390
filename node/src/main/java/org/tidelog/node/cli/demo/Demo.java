package org.tidelog.node.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.FetchReport;
import org.tidelog.node.PublishReport;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;

/**
 * Replays a chat in a folder: everybody who speaks in it is a device of its own, and a mirror
 * folder is all they share. Then somebody who was away catches up from that folder, refuses a
 * damaged one, and has it healed.
 *
 * <p>Owned by one thread.
 */
public final class Demo {
  /** How long the reader was away after the last message. */
  private static final Duration AWAY = Duration.ofHours(8);

  private final Chat chat;
  private final Story story;
  private final Stage stage;
  private final DemoClock clock;
  private final long payloadBytes;

  /** In {@code folder}, which is empty. */
  public Demo(Chat chat, Path folder, Output output) throws IOException {
    this.chat = chat;
    this.story = new Story(output);
    this.clock = new DemoClock(chat.lines().get(0).time());
    this.stage = new Stage(folder, clock);
    this.payloadBytes = chat.payloadBytes();
  }

  /** Whether everything went as it should. */
  public boolean run() throws IOException {
    try (stage) {
      talk();
      IpnsName index = index();
      DemoDevice reader = catchUp(index);
      damageAndHeal(index);
      Costs costs = new Costs(stage, reader, payloadBytes);
      reader.close();
      costs.printTo(story);
      return story.good();
    }
  }

  private void talk() {
    story.tell(
        "Everybody in "
            + chat.title()
            + " gets a device: keys, a home, a log. All they share is a folder.");
    long start = System.nanoTime();
    try (ProgressBar bar = story.output().progressBar()) {
      speakInOrder(bar);
    }
    int devices = stage.talkers().size();
    Traffic traffic = stage.traffic();
    long millis = millisSince(start);
    story.step(
        "talk",
        true,
        new Fields()
            .with("devices", devices)
            .with("messages", chat.lines().size())
            .with("payloadBytes", payloadBytes)
            .with("bytesWritten", traffic.bytesWritten())
            .with("bytesRead", traffic.bytesRead())
            .with("millis", millis),
        Words.count(chat.lines().size(), "message", "messages")
            + " by "
            + Words.count(devices, "device", "devices")
            + ", each read the one before, signed, sealed and published ("
            + Words.millis(millis)
            + ")");
  }

  private void speakInOrder(ProgressBar bar) {
    List<ChatLine> lines = chat.lines();
    List<ChatLine> run = new ArrayList<>();
    @Nullable ChatLine before = null;
    for (int i = 0; i < lines.size(); i++) {
      ChatLine line = lines.get(i);
      run.add(line);
      boolean ends = i + 1 == lines.size() || !lines.get(i + 1).nick().equals(line.nick());
      if (ends) {
        stage.speak(run, before);
        before = line;
        run = new ArrayList<>();
        bar.at("talking", i + 1, lines.size());
      }
    }
  }

  private IpnsName index() {
    story.tell("One device lists all logs under one name. Then every device goes to sleep.");
    DemoDevice creator = stage.creator();
    for (DemoDevice talker : stage.talkers()) {
      if (talker != creator) {
        creator.follow(talker.name());
      }
    }
    boolean complete = creator.fetch().stream().allMatch(FetchReport::complete);
    PublishReport.Index index = creator.publishIndex();
    stage.close();
    story.step(
        "index",
        complete && index.logs() == stage.talkers().size(),
        new Fields()
            .with("index", index.index().text())
            .with("logs", index.logs())
            .with("blockBytes", index.figures().blockBytes())
            .with("recordBytes", index.figures().recordBytes()),
        Words.count(index.logs(), "log", "logs") + " under " + index.index().text());
    return index.index();
  }

  private DemoDevice catchUp(IpnsName index) {
    clock.pass(AWAY);
    story.tell("Somebody who was away joins with the invitation and has nothing but the folder.");
    DemoDevice reader = stage.newcomer("reader");
    reader.follow(index);
    long start = System.nanoTime();
    List<FetchReport> reports = reader.fetch();
    long millis = millisSince(start);
    Reading reading = Reading.of(reader.read(), chat);
    reading.excerptTo(story);
    story.step(
        "catch-up",
        reports.stream().allMatch(FetchReport::complete),
        new Fields()
            .with("logs", reports.size())
            .with("entries", reading.count())
            .with("payloadBytes", payloadBytes)
            .with("bytesRead", reader.traffic().bytesRead())
            .with("blocksRead", reader.traffic().blocksRead())
            .with("recordBytes", reader.traffic().recordBytesRead())
            .with("millis", millis),
        Words.bytes(reader.traffic().bytesRead())
            + " read and verified in "
            + Words.millis(millis)
            + ", "
            + Words.bytes(payloadBytes)
            + " of it what people said");
    story.step(
        "order",
        reading.sameAsChat(),
        new Fields().with("messages", reading.count()),
        "the same text, in the order it was said");
    return reader;
  }

  private void damageAndHeal(IpnsName index) throws IOException {
    DemoDevice author = Damage.author(stage.talkers());
    Damage damage = Damage.of(author, stage.mirror());
    story.tell(
        "Now one byte of " + damage.what() + " is flipped, and another newcomer reads the folder.");
    damage.flip();
    DemoDevice reader = stage.newcomer("second reader");
    reader.follow(index);
    Refusal refusal = Refusal.in(reader.fetch(), author.name());
    story.step("damage", refusal.refused(), refusal.fields(), refusal.sentence());

    story.tell("The author checks the mirror, and the newcomer tries again.");
    PublishReport repaired = author.repair();
    author.close();
    boolean complete = reader.fetch().stream().allMatch(FetchReport::complete);
    Reading reading = Reading.of(reader.read(), chat);
    reader.close();
    story.step(
        "heal",
        complete && reading.sameAsChat(),
        new Fields()
            .with("blocksWritten", repaired.figures().blocksWritten())
            .with("blockBytes", repaired.figures().blockBytes())
            .with("recordBytes", repaired.figures().recordBytes())
            .with("messages", reading.count()),
        "written again, and all "
            + Words.count(reading.count(), "message", "messages")
            + " are there");
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
