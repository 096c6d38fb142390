package org.tidelog.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/**
 * What a mirror holds of a log of equal payloads appended a thousand at a time, a second apart.
 * Deterministic but for the lengths of the numbers in a record.
 *
 * <p>Arguments: a folder; {@code --groups} of a thousand entries (20), {@code --payload} bytes
 * (256).
 */
public final class PayloadBytes {
  private static final int GROUP = 1000;

  private PayloadBytes() {}

  /** Writes four logs and prints a table. */
  public static void main(String[] words) throws Exception {
    Settings settings = Settings.parse(words);
    int payload = settings.number("payload", 256);
    System.out.println();
    System.out.println(
        "| payloads of "
            + payload
            + " bytes | around an entry, bytes | salt | frames, an entry | all but records | all |");
    System.out.println("|---|---|---|---|---|---|");
    try (Scratch scratch = Scratch.in(settings.folder())) {
      int groups = settings.number("groups", 20);
      for (boolean open : new boolean[] {true, false}) {
        for (boolean deletable : new boolean[] {false, true}) {
          MirrorSurvey.Parts parts = parts(scratch, open, groups, draft(payload, deletable));
          print((open ? "open" : "sealed") + (deletable ? ", deletable" : ""), parts);
        }
      }
    }
  }

  private static Draft draft(int payloadBytes, boolean deletable) {
    byte[] payload = new byte[payloadBytes];
    new Random(1).nextBytes(payload);
    AppendOptions plain = AppendOptions.defaults();
    return Draft.of(payload).with(new AppendOptions(plain.timeToLive(), deletable));
  }

  private static MirrorSurvey.Parts parts(Scratch scratch, boolean open, int groups, Draft draft)
      throws Exception {
    Path mirror = scratch.fresh("mirror");
    ChatClock clock = new ChatClock();
    TidelogOptions options = TidelogOptions.defaults().withTime(clock);
    try (Tidelog device = Scratch.device(scratch.fresh("device"), options, mirror)) {
      Topic topic = device.createTopic("topic", open);
      for (int i = 0; i < groups; i++) {
        List<Draft> group = new ArrayList<>();
        for (int j = 0; j < GROUP; j++) {
          clock.pass(1);
          group.add(draft.at(clock.now()));
        }
        topic.appendAll(group);
      }
      device.publish(topic, PublishOptions.defaults(), Progress.none());
    }
    return MirrorSurvey.of(mirror);
  }

  private static void print(String name, MirrorSurvey.Parts parts) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %.2f | %.2f | %.3f | %.4f | %.4f |",
            name,
            (double) parts.around() / parts.entries(),
            (double) parts.salts() / parts.entries(),
            (double) parts.frames() / parts.entries(),
            (double) parts.withoutRecords() / parts.payloads(),
            (double) parts.total() / parts.payloads()));
  }
}
