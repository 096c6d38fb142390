package org.tidelog.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Devices of a test, each with a home of its own below one folder, all with one mirror. */
final class Devices implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Path root;
  private final List<Tidelog> open = new ArrayList<>();
  private Instant now = NOON;

  Devices(Path root) {
    this.root = root;
  }

  Path mirror() {
    return root.resolve("mirror");
  }

  Path home(String name) {
    return root.resolve(name);
  }

  /** A new device of that name. */
  Tidelog make(String name) {
    Tidelog.init(home(name), InitOptions.defaults().withDisplayName(name));
    return reopen(name);
  }

  /** A device that was made before and is closed. */
  Tidelog reopen(String name) {
    TidelogOptions options =
        TidelogOptions.defaults().withMirrors(List.of(mirror().toString())).withTime(() -> now);
    Tidelog tidelog = Tidelog.open(home(name), options);
    open.add(tidelog);
    return tidelog;
  }

  /** Those that are open, or were. */
  List<Tidelog> open() {
    return open;
  }

  /** Time goes by. */
  void later(Duration duration) {
    now = now.plus(duration);
  }

  static List<FetchReport> fetch(Tidelog tidelog) {
    return tidelog.fetch(null, FetchOptions.defaults(), Progress.none());
  }

  static List<PublishReport> publish(Tidelog tidelog) {
    return tidelog.publish(null, PublishOptions.defaults(), Progress.none());
  }

  static List<String> texts(Topic topic) {
    return texts(topic, ReadQuery.all());
  }

  static List<String> texts(Topic topic, ReadQuery query) {
    List<String> texts = new ArrayList<>();
    try (EntryStream entries = topic.read(query)) {
      while (entries.hasNext()) {
        ReadEntry entry = entries.next();
        texts.add(entry.author() + ": " + entry.text().orElse("(" + entry.state().word() + ")"));
      }
    }
    return texts;
  }

  @Override
  public void close() {
    open.forEach(Tidelog::close);
  }
}
