package org.tidelog.node.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Invitation;
import org.tidelog.node.TidelogOptions;

/** The devices of the chat, and the folder that is all they share. Owned by one thread. */
final class Stage implements AutoCloseable {
  /** So many homes are open at a time; each holds a database and a few file handles. */
  private static final int OPEN_MAX = 150;

  private final Path folder;
  private final DemoClock clock;
  private final Map<String, DemoDevice> talkers = new LinkedHashMap<>();
  private final Map<DemoDevice, Boolean> awake = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable DemoDevice creator;
  private int devices;
  private @Nullable Invitation invitation;

  Stage(Path folder, DemoClock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    Files.createDirectories(mirror());
  }

  Path mirror() {
    return folder.resolve("mirror");
  }

  /** All lines of a run are one person's; {@code before} spoke last. */
  void speak(List<ChatLine> run, @Nullable ChatLine before) {
    ChatLine first = run.get(0);
    clock.reach(run.get(run.size() - 1).time());
    DemoDevice speaker = talker(first.nick());
    if (before != null) {
      DemoDevice other = talker(before.nick());
      speaker.follow(other.name());
      requireComplete(speaker.fetch(other.name()));
    }
    speaker.say(run);
    speaker.publish();
    wake(speaker);
  }

  /** The one who opened the topic. */
  DemoDevice creator() {
    if (creator == null) {
      throw new AssertionError("nobody has spoken");
    }
    return creator;
  }

  Collection<DemoDevice> talkers() {
    return talkers.values();
  }

  /** What all who spoke wrote and read so far. */
  Traffic traffic() {
    Traffic sum = new Traffic();
    talkers.values().forEach(talker -> sum.add(talker.traffic()));
    return sum;
  }

  /** A new device with the invitation. */
  DemoDevice newcomer(String name) {
    DemoDevice device = device(name);
    if (invitation == null) {
      throw new AssertionError("nobody has spoken");
    }
    device.join(invitation);
    return device;
  }

  @Override
  public void close() {
    awake.keySet().forEach(DemoDevice::close);
    awake.clear();
  }

  private DemoDevice talker(String nick) {
    DemoDevice known = talkers.get(nick);
    if (known != null) {
      return known;
    }
    DemoDevice device;
    if (creator == null) {
      device = device(nick);
      device.createTopic();
      creator = device;
      invitation = device.invitation();
    } else {
      device = newcomer(nick);
    }
    talkers.put(nick, device);
    return device;
  }

  private DemoDevice device(String name) {
    TidelogOptions options =
        TidelogOptions.defaults().withMirrors(List.of(mirror().toString())).withTime(clock);
    // Numbered: a nick may be anything, a folder's name may not.
    Path home = folder.resolve("devices").resolve(String.format(Locale.ROOT, "%04d", ++devices));
    return new DemoDevice(home, name, options);
  }

  private void wake(DemoDevice device) {
    awake.put(device, true);
    if (awake.size() > OPEN_MAX) {
      DemoDevice longestSilent = new ArrayList<>(awake.keySet()).get(0);
      awake.remove(longestSilent);
      longestSilent.close();
    }
  }

  private static void requireComplete(FetchReport report) {
    if (!report.complete() || !report.problems().isEmpty()) {
      throw new AssertionError("a log just published cannot be fetched: " + report.problems());
    }
  }
}
