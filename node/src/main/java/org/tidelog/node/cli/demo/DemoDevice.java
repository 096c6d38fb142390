package org.tidelog.node.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;
import org.tidelog.node.EntryStream;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Invitation;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.PublishReport;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/** One of the devices: a home of its own, opened when it is needed. Owned by one thread. */
final class DemoDevice implements AutoCloseable {
  private static final String TOPIC = "chat";
  private static final PublishOptions PLAINLY = new PublishOptions(false, false);

  private final Path home;
  private final TidelogOptions options;
  private final Traffic traffic = new Traffic();
  private final Set<IpnsName> followed = new HashSet<>();
  private Optional<IpnsName> name = Optional.empty();
  private @Nullable Tidelog open;
  private PublishReport.@Nullable Log published;

  DemoDevice(Path home, String name, TidelogOptions options) {
    this.home = home;
    this.options = options;
    Tidelog.init(home, InitOptions.defaults().withDisplayName(name));
  }

  void createTopic() {
    name = tidelog().createTopic(TOPIC, false).name();
  }

  Invitation invitation() {
    return topic().invitation();
  }

  void join(Invitation invitation) {
    name = tidelog().join(invitation, TOPIC).name();
  }

  /** This device's log. */
  IpnsName name() {
    return name.orElseThrow(() -> new AssertionError("not a member yet"));
  }

  void follow(IpnsName name) {
    if (followed.add(name)) {
      tidelog().follow(name, TOPIC);
    }
  }

  /** Fetches one log from the mirror. */
  FetchReport fetch(IpnsName name) {
    return fetched(new Target(topic(), Optional.of(name))).get(0);
  }

  /** Fetches all logs of the topic from the mirror. */
  List<FetchReport> fetch() {
    return fetched(new Target(topic(), Optional.empty()));
  }

  void say(List<ChatLine> lines) {
    List<Draft> drafts = new ArrayList<>();
    for (ChatLine line : lines) {
      drafts.add(new Draft(line.text(), Optional.of(line.time()), AppendOptions.defaults()));
    }
    topic().appendAll(drafts);
  }

  void publish() {
    publish(PLAINLY);
  }

  /** Publishes the topic's index too. */
  PublishReport.Index publishIndex() {
    for (PublishReport report : publish(new PublishOptions(true, false))) {
      if (report instanceof PublishReport.Index index) {
        return index;
      }
    }
    throw new AssertionError("no index was published");
  }

  /** Reads the mirror again and writes what is missing or damaged. */
  PublishReport repair() {
    return publish(new PublishOptions(false, true)).get(0);
  }

  /** What the mirror holds of this device's log; null before it was published. */
  PublishReport.@Nullable Log published() {
    return published;
  }

  Traffic traffic() {
    return traffic;
  }

  /** The messages of the topic, in the order a reader sees. */
  List<ReadEntry> read() {
    List<ReadEntry> entries = new ArrayList<>();
    try (EntryStream stream = topic().read(ReadQuery.all())) {
      stream.forEachRemaining(entries::add);
    }
    return entries;
  }

  Topic topic() {
    return tidelog().target(TOPIC).topic();
  }

  Tidelog tidelog() {
    if (open == null) {
      open = Tidelog.open(home, options);
    }
    return open;
  }

  /** Goes to sleep; whatever is asked next opens the home again. */
  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private List<FetchReport> fetched(Target target) {
    List<FetchReport> reports = tidelog().fetch(target, FetchOptions.defaults(), Progress.none());
    reports.forEach(traffic::add);
    return reports;
  }

  private List<PublishReport> publish(PublishOptions how) {
    List<PublishReport> reports = tidelog().publish(topic(), how, Progress.none());
    for (PublishReport report : reports) {
      traffic.add(report);
      if (report instanceof PublishReport.Log log) {
        published = log;
      }
    }
    return reports;
  }
}
