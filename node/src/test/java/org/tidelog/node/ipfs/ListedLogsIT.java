package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Invitation;
import org.tidelog.node.LayerStatus;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.PublishReport;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.TimeSource;
import org.tidelog.node.Topic;

/** A reader who follows one index instead of many names. */
final class ListedLogsIT {
  private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private KuboNode node;

  @BeforeEach
  void start() throws Exception {
    node = KuboNode.started();
  }

  @AfterEach
  void end() throws Exception {
    if (node != null) node.close();
  }

  private Tidelog open(String home, Instant now) {
    TidelogOptions options =
        TidelogOptions.defaults()
            .withMirrors(List.of("kubo:" + node.rpc()))
            .withTime(TimeSource.fixed(now));
    return Tidelog.open(folder.resolve(home), options);
  }

  private void writes(String home, String text, Instant now) {
    try (Tidelog device = open(home, now)) {
      Topic topic = device.topic("trip").orElseThrow();
      topic.append(text);
      device.publish(topic, PublishOptions.defaults(), Progress.none());
    }
  }

  private IpnsName lists(Instant now) {
    try (Tidelog device = open("helper", now)) {
      Topic topic = device.topic("trip").orElseThrow();
      device.fetch(null, FetchOptions.defaults(), Progress.none());
      return device.publish(topic, new PublishOptions(true, false), Progress.none()).stream()
          .filter(PublishReport.Index.class::isInstance)
          .map(report -> ((PublishReport.Index) report).index())
          .findFirst()
          .orElseThrow();
    }
  }

  /** What a round brought, and how many requests it took. */
  private record Round(long entries, long requests) {}

  private Round reads(Instant now) {
    try (Tidelog device = open("reader", now)) {
      long before = requests(device);
      long entries = 0;
      for (FetchReport report : device.fetch(null, FetchOptions.defaults(), Progress.none())) {
        assertThat(report.complete()).as(report.toString()).isTrue();
        entries += report.entries();
      }
      return new Round(entries, requests(device) - before);
    }
  }

  private static long requests(Tidelog device) {
    return device.status().device().layers().stream().mapToLong(LayerStatus::requests).sum();
  }

  @Test
  void asksForOneNameWhileTheIndexIsFreshAndForAllOnceADay() throws Exception {
    for (String home : List.of("helper", "one", "two", "three", "reader")) {
      Tidelog.init(folder.resolve(home), InitOptions.defaults());
    }
    Invitation invitation;
    try (Tidelog device = open("helper", BEGAN)) {
      invitation = device.createTopic("trip", true).invitation();
    }
    for (String home : List.of("one", "two", "three")) {
      try (Tidelog device = open(home, BEGAN)) {
        Topic topic = device.join(invitation, "trip");
        IpnsName name = topic.name().orElseThrow();
        try (Tidelog helper = open("helper", BEGAN)) {
          helper.follow(name, "trip");
        }
      }
      writes(home, "hello", BEGAN);
    }
    IpnsName index = lists(BEGAN);
    try (Tidelog device = open("reader", BEGAN)) {
      device.follow(index, "trip");
    }

    assertThat(reads(BEGAN).entries()).isGreaterThanOrEqualTo(3);
    assertThat(reads(BEGAN.plusSeconds(60))).isEqualTo(new Round(0, 1));

    Instant later = BEGAN.plus(Duration.ofHours(2));
    writes("one", "news", later);
    assertThat(reads(later)).as("not listed yet").isEqualTo(new Round(0, 1));
    lists(later);
    assertThat(reads(later).entries()).as("the index and the news").isEqualTo(2);

    writes("two", "more", later);
    Instant nextDay = BEGAN.plus(Duration.ofHours(27));
    assertThat(reads(nextDay).entries()).as("asked for by name").isEqualTo(1);

    writes("three", "yet more", nextDay);
    Instant stale = later.plus(Duration.ofHours(49));
    assertThat(reads(stale).entries()).as("the index is old").isEqualTo(1);
  }
}
