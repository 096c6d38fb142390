package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;

/** What a device of a former life had not published, on its way into the mirror. */
final class LastRecordsTest {
  private static final int ENTRIES = 300;

  @TempDir Path root;
  private final List<Notice> notices = new ArrayList<>();
  private Path mirror;
  private Instant now = Devices.NOON;
  private Tidelog copy;
  private IpnsName old;

  /**
   * A home with pages that are published and pages that are not, copied; the copy has written.
   *
   * @param inTheRecord whether entries that expire are the newest ones
   */
  private void copyAHome(boolean inTheRecord) throws IOException {
    mirror = root.resolve("mirror");
    Tidelog.init(root.resolve("home"), InitOptions.defaults());
    try (Tidelog home = open("home")) {
      Topic topic = home.createTopic("news", true);
      old = topic.name().orElseThrow();
      fill(topic, AppendOptions.defaults());
      Devices.publish(home);
      AppendOptions expiring = new AppendOptions(Optional.of(Duration.ofHours(1)), false);
      fill(topic, expiring);
      topic.append(Draft.text("short").with(inTheRecord ? expiring : AppendOptions.defaults()));
    }
    try (Stream<Path> files = Files.walk(root.resolve("home"))) {
      for (Path file : files.collect(Collectors.toList())) {
        Path to = root.resolve("copy").resolve(root.resolve("home").relativize(file).toString());
        Files.copy(file, to);
      }
    }
    copy = open("copy");
    copy.topic("news").orElseThrow().append("of the copy");
    assertThat(notices).extracting(Notice::word).containsExactly("new-incarnation");
  }

  private static void fill(Topic topic, AppendOptions options) {
    for (int i = 0; i < ENTRIES; i++) {
      topic.append(Draft.text("entry " + i + " " + ".".repeat(2_000)).with(options));
    }
  }

  private Tidelog open(String name) {
    return Tidelog.open(
        root.resolve(name),
        TidelogOptions.defaults()
            .withMirrors(List.of(mirror.toString()))
            .withTime(() -> now)
            .withNotices(notices::add));
  }

  @AfterEach
  void close() {
    copy.close();
  }

  @Test
  void areNotPutAgainBeforeTheirPagesAreThere() throws IOException {
    copyAHome(false);
    byte[] before = Files.readAllBytes(record());

    List<RepublishReport> reports = copy.republish(null, Progress.none());

    assertThat(reports).extracting(RepublishReport::name).doesNotContain(old);
    assertThat(record()).hasBinaryContent(before);

    Devices.publish(copy);
    assertThat(Files.readAllBytes(record())).isNotEqualTo(before);
    assertThat(copy.republish(null, Progress.none()))
        .extracting(RepublishReport::name)
        .contains(old);
  }

  @Test
  void takeNoBlockAwayThatThePublishedRecordLeadsToWhereTheyCannotGoOut() throws IOException {
    copyAHome(false);
    List<Path> published = blocks();
    byte[] before = Files.readAllBytes(record());
    // It is written again on the way, as if it were one of the new ones.
    Files.delete(pageWith("entry 0 "));
    now = now.plus(Duration.ofHours(2));
    copy.close();
    copy = open("copy");

    Devices.publish(copy);

    assertThat(notices).extracting(Notice::word).contains("unpublished-entries");
    assertThat(record()).hasBinaryContent(before);
    assertThat(blocks()).containsAll(published);
  }

  @Test
  void areGivenUpWhereTheRecordItselfHeldWhatHasExpired() throws IOException {
    copyAHome(true);
    byte[] before = Files.readAllBytes(record());
    now = now.plus(Duration.ofHours(2));
    copy.close();
    copy = open("copy");

    for (int i = 0; i < 2; i++) Devices.publish(copy);

    assertThat(notices).extracting(Notice::word).containsOnlyOnce("unpublished-entries");
    assertThat(record()).hasBinaryContent(before);
  }

  @Test
  void leaveNoBlockBehindThatWasPutBeforeTheirRecordCouldNotGoOut() throws IOException {
    copyAHome(true);
    List<Path> published = blocks();
    Path aside = Files.move(record(), root.resolve("aside"));
    Files.createDirectories(record().resolve("in the way"));
    assertThatThrownBy(() -> Devices.publish(copy)).isInstanceOf(TidelogException.class);
    assertThat(blocks()).hasSizeGreaterThan(published.size());
    Files.delete(record().resolve("in the way"));
    Files.delete(record());
    Files.move(aside, record());
    now = now.plus(Duration.ofHours(2));
    copy.close();
    copy = open("copy");

    Devices.publish(copy);

    assertThat(notices).extracting(Notice::word).contains("unpublished-entries");
    assertThat(blocks()).isEqualTo(published);
  }

  private Path record() {
    return mirror.resolve("names").resolve(old.text());
  }

  private Path pageWith(String text) throws IOException {
    for (Path block : blocks()) {
      String bytes = new String(Files.readAllBytes(block), StandardCharsets.ISO_8859_1);
      if (bytes.contains(text)) return block;
    }
    throw new AssertionError("no page: " + text);
  }

  private List<Path> blocks() throws IOException {
    try (Stream<Path> files = Files.walk(mirror.resolve("blocks"))) {
      return files.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
  }
}
