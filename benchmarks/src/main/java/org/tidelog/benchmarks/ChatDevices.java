package org.tidelog.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Invitation;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/**
 * The people of a chat, each with a device of their own, all in one topic and with one mirror.
 * Owned by one thread.
 */
final class ChatDevices implements AutoCloseable {
  private static final String TOPIC = "chat";

  private final Scratch scratch;
  private final Path mirror;
  private final boolean open;
  private final ChatClock clock;
  private final Map<String, Tidelog> devices = new LinkedHashMap<>();
  private @Nullable Invitation invitation;

  ChatDevices(Scratch scratch, boolean open, ChatClock clock) {
    this.scratch = scratch;
    this.mirror = scratch.fresh("mirror");
    this.open = open;
    this.clock = clock;
  }

  Path mirror() {
    return mirror;
  }

  /**
   * Somebody says something, and it is published.
   *
   * @param before who spoke last and is read first, so that the new entries follow theirs; null:
   *     nobody is read
   */
  void speak(List<Chat.Line> turn, @Nullable String before) {
    String nick = turn.get(0).nick();
    clock.reach(turn.get(turn.size() - 1).time());
    Topic topic = topic(nick);
    if (before != null && !before.equals(nick)) read(nick, name(before));
    List<Draft> drafts = new ArrayList<>();
    for (Chat.Line line : turn) {
      drafts.add(new Draft(line.text(), Optional.of(line.time()), AppendOptions.defaults()));
    }
    topic.appendAll(drafts);
    device(nick).publish(topic, PublishOptions.defaults(), Progress.none());
  }

  private void read(String nick, IpnsName log) {
    Topic topic = device(nick).follow(log, TOPIC);
    Target target = new Target(topic, Optional.of(log));
    for (FetchReport report :
        device(nick).fetch(target, FetchOptions.defaults(), Progress.none())) {
      if (!report.complete()) throw new AssertionError(report.problems());
    }
  }

  private IpnsName name(String nick) {
    return topic(nick).name().orElseThrow();
  }

  private Topic topic(String nick) {
    return device(nick).topic(TOPIC).orElseThrow();
  }

  private Tidelog device(String nick) {
    return devices.computeIfAbsent(nick, this::join);
  }

  private Tidelog join(String nick) {
    Path home = scratch.fresh("device");
    Tidelog.init(home, InitOptions.defaults().withDisplayName(nick));
    TidelogOptions options =
        TidelogOptions.defaults().withTime(clock).withMirrors(List.of(mirror.toString()));
    Tidelog device = Tidelog.open(home, options);
    if (invitation == null) {
      invitation = device.createTopic(TOPIC, open).invitation();
    } else {
      device.join(invitation, TOPIC);
    }
    return device;
  }

  @Override
  public void close() {
    devices.values().forEach(Tidelog::close);
  }
}
