package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application keeps beside the logs. */
final class AppValuesTest {
  @TempDir Path folder;
  private Devices devices;
  private Tidelog alice;
  private Topic notes;

  @BeforeEach
  void makeADevice() {
    devices = new Devices(folder);
    alice = devices.make("alice");
    notes = alice.createTopic("notes", false);
  }

  @AfterEach
  void close() {
    devices.close();
  }

  @Test
  void changeWithWhatIsAcknowledged() {
    notes.append("one");
    notes.append("two");
    notes.cursor("screen").next(1).acknowledge(Map.of("unread", text("1")));
    notes.cursor("screen").next(10); // Given out, and not acknowledged.
    alice.close();

    Tidelog again = devices.reopen("alice");

    assertThat(words(again, "unread")).isEqualTo("1");
    Cursor.Batch rest = again.topic("notes").orElseThrow().cursor("screen").next(10);
    assertThat(rest.entries()).extracting(entry -> entry.text().orElse("")).containsExactly("two");
  }

  @Test
  void changeWithWhatIsAppended() {
    alice.values().put(Map.of("outbox/1", text("hello"), "outbox/2", text("again")));

    notes.appendAll(List.of(Draft.text("hello")), Map.of("outbox/1", Optional.empty()));

    assertThat(alice.values().withPrefix("outbox/", 10)).containsOnlyKeys("outbox/2");
    assertThat(Devices.texts(notes)).containsExactly("alice: hello");
  }

  @Test
  void doNotChangeWhereNothingCouldBeAppended() {
    Topic followed = alice.follow(notes.name().orElseThrow(), "reading");

    assertThatThrownBy(
            () -> followed.appendAll(List.of(Draft.text("no")), Map.of("sent", text("1"))))
        .isInstanceOf(TidelogException.class);
    alice.values().put(Map.of("other", text("1")));

    assertThat(alice.values().get("sent")).isEmpty();
  }

  @Test
  void areNotWhatTheHomeItselfRemembers() {
    alice.values().put(Map.of("topic/notes", text("mine")));

    assertThat(alice.topic("notes")).isPresent();
    assertThat(alice.values().withPrefix("", 10)).containsOnlyKeys("topic/notes");
    assertThat(alice.values().get("device/peer-id")).isEmpty();
  }

  @Test
  void areListedByKeyAsFarAsWanted() {
    alice.values().put(Map.of("a~", text("1"), "a/1", text("2"), "b", text("3")));

    assertThat(alice.values().withPrefix("a", 10)).containsOnlyKeys("a/1", "a~");
    assertThat(alice.values().withPrefix("", 2)).containsOnlyKeys("a/1", "a~");
  }

  @Test
  void areSmall() {
    byte[] most = new byte[AppValues.VALUE_BYTES_MAX];
    alice.values().put(Map.of("k".repeat(AppValues.KEY_CHARS_MAX), Optional.of(most)));

    for (String key : List.of("", "ü", "a b", "k".repeat(AppValues.KEY_CHARS_MAX + 1))) {
      assertThatThrownBy(() -> alice.values().put(Map.of(key, text("1"))))
          .as(key)
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] tooMuch = new byte[AppValues.VALUE_BYTES_MAX + 1];
    assertThatThrownBy(() -> alice.values().put(Map.of("a", text("1"), "k", Optional.of(tooMuch))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(alice.values().get("a")).isEmpty();
  }

  private static Optional<byte[]> text(String text) {
    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String words(Tidelog tidelog, String key) {
    return new String(tidelog.values().get(key).orElseThrow(), StandardCharsets.UTF_8);
  }
}
