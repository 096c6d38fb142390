package org.tidelog.benchmarks.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tidelog.node.EntryStream;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.PayloadState;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Receipt;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogException;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;
import org.tidelog.node.VerifyReport;

/**
 * Uses a home like a person would, and remembers what it was shown and what it was told to be
 * wrong. Whatever is thrown but {@link TidelogException} comes out.
 */
final class Probe {
  /** What each entry says, by {@code LABEL NAME SEQ}. */
  final Map<String, String> shown = new TreeMap<>();

  /** Whom entries are said to be by. */
  final Set<String> authors = new TreeSet<>();

  /** What was said to be wrong, by anything that was asked. */
  final List<String> problems = new ArrayList<>();

  /** Where the probe's own entry went; empty where it was refused. */
  Optional<Receipt> appended = Optional.empty();

  static Probe of(Path home, Path mirror) {
    Probe probe = new Probe();
    TidelogOptions options = TidelogOptions.defaults().withMirrors(List.of(mirror.toString()));
    probe.told(
        () -> {
          try (Tidelog tidelog = Tidelog.open(home, options)) {
            probe.told(() -> tidelog.status());
            probe.told(() -> probe.read(tidelog));
            probe.told(() -> probe.verify(tidelog));
            probe.told(() -> probe.fetch(tidelog));
            probe.told(() -> probe.read(tidelog));
            probe.told(() -> probe.append(tidelog));
            probe.told(() -> tidelog.publish(null, PublishOptions.defaults(), Progress.none()));
          }
        });
    return probe;
  }

  private void told(Runnable step) {
    try {
      step.run();
    } catch (TidelogException e) {
      problems.add(e.kind().word() + ": " + e.getMessage());
    }
  }

  private void read(Tidelog tidelog) {
    for (Topic topic : tidelog.topics()) {
      try (EntryStream entries = topic.read(ReadQuery.all().withControls())) {
        while (entries.hasNext()) {
          ReadEntry entry = entries.next();
          String where = topic.label() + " " + entry.name().text() + " " + entry.seq();
          shown.put(where, text(entry));
          if (entry.state() == PayloadState.SEALED) problems.add("sealed: " + where);
        }
      }
    }
  }

  private String text(ReadEntry entry) {
    authors.add(entry.author());
    return entry.state() == PayloadState.PRESENT && entry.isData()
        ? entry.text().orElse("(bytes)") + " " + entry.id().hex()
        : "(" + entry.state().word() + ")";
  }

  private void verify(Tidelog tidelog) {
    for (VerifyReport report : tidelog.verify(null, Progress.none())) {
      report.problems().forEach(problem -> problems.add("verify: " + problem));
      if (!report.missing().isEmpty()) problems.add("verify misses: " + report.missing());
    }
  }

  private void fetch(Tidelog tidelog) {
    for (FetchReport report : tidelog.fetch(null, FetchOptions.defaults(), Progress.none())) {
      report.problems().forEach(problem -> problems.add("fetch: " + problem));
    }
  }

  private void append(Tidelog tidelog) {
    appended =
        tidelog.topics().stream()
            .filter(topic -> topic.name().isPresent())
            .map(topic -> topic.append("by the probe"))
            .findFirst();
  }
}
