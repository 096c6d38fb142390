package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.node.Backups.CHEAP;
import static org.tidelog.node.Backups.OPEN;
import static org.tidelog.node.Backups.backup;
import static org.tidelog.node.Devices.fetch;
import static org.tidelog.node.Devices.publish;
import static org.tidelog.node.Devices.texts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.phrase.RecoveryPhrase;

/**
 * The device that is made of a backup, or of a recovery phrase: a new one that goes on where the
 * old one was.
 */
final class RestoredDeviceTest {
  @TempDir Path root;
  private Devices devices;
  private Path file;

  @BeforeEach
  void begin() {
    devices = new Devices(root);
    file = root.resolve("kim.tdlb");
  }

  @AfterEach
  void end() {
    devices.close();
  }

  private RestoreReport restore(String name) {
    return Backups.restore(file, devices.home(name));
  }

  @Test
  void continuesTheOldLogsWithTheFirstEntry() {
    Tidelog kim = devices.make("kim");
    kim.createTopic("family", false).append("one");
    backup(kim, file);
    String old = kim.topic("family").orElseThrow().name().orElseThrow().text();

    restore("kim-2");
    Tidelog again = devices.reopen("kim-2");
    Topic family = again.topic("family").orElseThrow();
    family.append("two");

    assertThat(again.status().device().renewed().orElseThrow().reason())
        .isEqualTo(RenewalReason.RESTORED);
    assertThat(family.name().orElseThrow().text()).isNotEqualTo(old);
    assertThat(texts(family)).containsExactly("kim: one", "kim: two");
    assertThat(kinds(family))
        .containsExactlyInAnyOrder("genesis", "data", "genesis", "continue", "alias", "data");
    assertThat(continued(again)).containsExactly(old + " 2");
    assertThat(again.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  private static List<String> kinds(Topic topic) {
    List<String> kinds = new ArrayList<>();
    try (EntryStream entries = topic.read(ReadQuery.all().withControls())) {
      while (entries.hasNext()) {
        kinds.add(entries.next().kind());
      }
    }
    return kinds;
  }

  private static List<String> continued(Tidelog tidelog) {
    List<String> names = new ArrayList<>();
    for (LogStatus log : tidelog.status().logs()) {
      log.continues().ifPresent(old -> names.add(old.name().text() + " " + old.size()));
    }
    return names;
  }

  /** The whole story of two people, one of whom loses a phone. */
  @Test
  void fetchesWhatWasPublishedAfterTheBackupAndForksNothing() {
    Tidelog kim = devices.make("kim");
    Tidelog lee = devices.make("lee");
    Topic family = kim.createTopic("family", false);
    Topic joined = lee.join(family.invitation(), null);
    family.append("before the backup");
    publish(kim);
    fetch(lee);
    joined.append("hello kim");
    publish(lee);
    kim.follow(joined.name().orElseThrow(), "family");
    fetch(kim);
    backup(kim, file);
    family.append("after the backup");
    publish(kim);
    kim.close();

    devices.later(Duration.ofHours(1));
    Tidelog.restore(
        file,
        devices.home("kim-2"),
        OPEN.withTime(() -> Devices.NOON.plus(Duration.ofHours(1))),
        Progress.none());
    Tidelog again = devices.reopen("kim-2");
    Topic back = again.topic("family").orElseThrow();
    assertThat(texts(back)).containsExactly("kim: before the backup", "lee: hello kim");
    assertThat(fetch(again)).allMatch(FetchReport::complete);
    assertThat(texts(back))
        .containsExactly("kim: before the backup", "lee: hello kim", "kim: after the backup");
    devices.later(Duration.ofMinutes(1));
    back.append("with my new phone");
    publish(again);

    lee.follow(back.name().orElseThrow(), "family");
    assertThat(fetch(lee)).allMatch(FetchReport::complete);
    assertThat(texts(joined))
        .containsExactly(
            "kim: before the backup",
            "lee: hello kim",
            "kim: after the backup",
            "kim: with my new phone");
    assertThat(lee.verify(null, Progress.none())).allMatch(VerifyReport::ok);
    assertThat(again.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }

  /** Nobody has written since the first restore: what is to be continued is still the first log. */
  @Test
  void canBeMadeOfARestoredHome() {
    Tidelog kim = devices.make("kim");
    kim.createTopic("family", false).append("one");
    String first = kim.topic("family").orElseThrow().name().orElseThrow().text();
    backup(kim, file);
    restore("kim-2");
    Tidelog second = devices.reopen("kim-2");
    second.backup(file, CHEAP.withReplacing(), Progress.none());
    restore("kim-3");
    Tidelog third = devices.reopen("kim-3");
    third.topic("family").orElseThrow().append("two");

    assertThat(texts(third.topic("family").orElseThrow())).containsExactly("kim: one", "kim: two");
    assertThat(continued(third)).containsExactly(first + " 2");
  }

  @Test
  void continuesWhatARecoveryPhraseOwns() {
    RecoveryPhrase phrase = RecoveryPhrase.random(Entropy.system());
    Tidelog.init(
        devices.home("kim"),
        InitOptions.defaults().withDisplayName("kim").withRecoveryPhrase(phrase));
    Tidelog kim = devices.reopen("kim");
    Tidelog lee = devices.make("lee");
    Topic family = kim.createTopic("family", false);
    Topic joined = lee.join(family.invitation(), null);
    family.append("one");
    publish(kim);
    fetch(lee);
    joined.append("two");
    publish(lee);
    String old = family.name().orElseThrow().text();
    kim.close();

    Tidelog.init(
        devices.home("kim-2"), InitOptions.defaults().withDisplayName("kim").recovering(phrase));
    Tidelog again = devices.reopen("kim-2");
    Topic back = again.join(joined.invitation(), null);
    assertThat(fetch(again)).allMatch(FetchReport::complete);
    devices.later(Duration.ofMinutes(1));
    back.append("three");
    publish(again);
    lee.follow(back.name().orElseThrow(), "family");
    fetch(lee);

    assertThat(texts(joined)).containsExactly("kim: one", "lee: two", "kim: three");
    assertThat(continued(lee)).containsExactly(old + " 2");
    assertThat(continued(again)).containsExactly(old + " 2");
    assertThat(lee.verify(null, Progress.none())).allMatch(VerifyReport::ok);
  }
}
