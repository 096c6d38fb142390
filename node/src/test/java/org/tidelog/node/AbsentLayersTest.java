package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a layer keeps that was away while blocks went, until it is back. */
final class AbsentLayersTest {
  private static final String SECRET = "the text that was taken back";
  private static final int ENTRIES = 30;

  @TempDir Path root;
  private Path present;
  private Path absent;
  private Path away;
  private String name;
  private boolean dying;
  private Tidelog tidelog;
  private Topic topic;

  @BeforeEach
  void publishPagesToBoth() {
    present = root.resolve("present");
    absent = root.resolve("absent");
    away = root.resolve("away");
    Tidelog.init(root.resolve("home"), InitOptions.defaults());
    open();
    topic = tidelog.createTopic("news", true);
    name = topic.name().orElseThrow().text();
    for (int i = 1; i <= ENTRIES; i++) {
      topic.append((i == 3 ? SECRET : "entry " + i + " ") + ".".repeat(2_000));
    }
    assertThat(Devices.publish(tidelog).get(0).figures().problems()).isEmpty();
  }

  @AfterEach
  void close() {
    tidelog.close();
  }

  private void open() {
    tidelog =
        Tidelog.open(
            root.resolve("home"),
            TidelogOptions.defaults()
                .withMirrors(List.of(present.toString(), absent.toString()))
                .withTime(
                    () -> {
                      // Its clock is asked often: here, after the blocks have gone.
                      if (dying && !textsBelow(present).contains(SECRET)) throw new Killed();
                      return Devices.NOON;
                    }));
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void losesWhatWentMeanwhileThoughItsRecordIsTheNewest() throws Exception {
    goesAway();
    topic.delete(List.of(3L));
    assertThat(Devices.publish(tidelog).get(0).figures().problems()).hasSize(1);

    comesBackWithTheNewestRecord();
    Devices.publish(tidelog);

    assertThat(textsBelow(absent)).doesNotContain(SECRET);
  }

  @Test
  void losesItAlsoWhereTheProcessDiedWhenTheBlocksHadGone() throws Exception {
    goesAway();
    topic.delete(List.of(3L));
    dying = true;
    assertThatThrownBy(() -> Devices.publish(tidelog)).isInstanceOf(Killed.class);
    dying = false;
    tidelog.close();
    open();

    comesBackWithTheNewestRecord();
    Devices.publish(tidelog);

    assertThat(textsBelow(absent)).doesNotContain(SECRET);
  }

  /** A file in its place: it cannot be made anew. */
  private void goesAway() throws IOException {
    Files.move(absent, away);
    Files.createFile(absent);
  }

  /** As a network of names brings it, which carries no blocks. */
  private void comesBackWithTheNewestRecord() throws IOException {
    Files.delete(absent);
    Files.move(away, absent);
    assertThat(textsBelow(absent)).contains(SECRET);
    Path record = Path.of("names", name);
    Files.copy(
        present.resolve(record), absent.resolve(record), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String textsBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder texts = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        texts.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
      return texts.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
