package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code read --cursor} and {@code cursor}. */
final class CursorCommandsTest {
  @TempDir Path folder;
  private Cli author;
  private Cli reader;
  private String name;

  @BeforeEach
  void followALog() {
    author = new Cli(folder.resolve("author"), folder.resolve("mirror"));
    author.json("init", "--no-passphrase");
    name = author.json("topic", "create", "news", "--open").text("name");
    author.run("append", "news", "one");
    author.run("append", "news", "two");
    author.json("publish");
    reader = new Cli(folder.resolve("reader"), folder.resolve("mirror"));
    reader.json("init", "--no-passphrase");
    reader.json("follow", name, "--as", "news");
    reader.json("fetch");
  }

  private static List<Object> texts(Cli.Result read) {
    return read.json().stream().map(line -> line.get("text")).toList();
  }

  @Test
  void printsWhatIsNew() {
    assertThat(texts(reader.json("read", "news", "--cursor", "mail", "--max", "1")))
        .containsExactly("one");
    assertThat(texts(reader.json("read", "news", "--cursor", "mail"))).containsExactly("two");
    author.run("append", "news", "three");
    author.json("publish");
    reader.json("fetch");

    Cli.Result read = reader.json("read", "news", "--cursor", "mail", "--order", "arrival");

    assertThat(texts(read)).containsExactly("three");
    assertThat(read.err()).isEmpty();
    assertThat(reader.json("read", "news", "--cursor", "mail").out()).isEmpty();
    assertThat(texts(reader.json("read", "news", "--cursor", "other"))).hasSize(3);
  }

  @Test
  void tellsPeopleWhatThatIsWorth() throws IOException {
    Cli.Result all = reader.run("read", "news", "--cursor", "mail");
    Files.writeString(folder.resolve("lines"), "a line of some length\n".repeat(2_000));
    author.json("import", "news", folder.resolve("lines").toString(), "--format", "lines");
    author.json("publish");
    reader.json("fetch", "--max-bytes", "20000");

    Cli.Result some = reader.run("read", "news", "--cursor", "mail");

    assertThat(all.out()).contains("one").contains("two");
    assertThat(all.err())
        .contains("Nothing more is here, as of ")
        .contains(folder.resolve("mirror").toString())
        .doesNotContain("Not here yet");
    assertThat(some.exitCode()).isZero();
    assertThat(some.err()).contains("Not here yet: entries ");
  }

  @Test
  void saysHowFarACursorIs() {
    reader.json("read", "news", "--cursor", "mail", "--max", "1");

    Map<String, Object> line = reader.json("cursor", "news", "mail").object();

    assertThat(line)
        .containsEntry("topic", "news")
        .containsEntry("cursor", "mail")
        .containsEntry("name", name)
        .containsEntry("waiting", 1L)
        .containsEntry("gaps", List.of())
        .containsKey("asOf")
        .containsEntry("sources", List.of(folder.resolve("mirror").toString()));
    assertThat(reader.run("cursor", "news", "mail").out()).contains("waiting");
    reader.json("cursor", "news", "mail", "--forget");
    assertThat(texts(reader.json("read", "news", "--cursor", "mail"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--last=1", "--from=1", "--all", "--author=kim"})
  void takesNoOtherOptions(String option) {
    assertThat(
            reader.fails(ExitCodes.USAGE, "read", "news", "--cursor=mail", option).errors().get(0))
        .containsEntry("error", "usage");
  }

  @Test
  void refusesWhatIsNoCursor() {
    for (List<String> words :
        List.of(
            List.of("read", "news", "--max=1"),
            List.of("read", "news", "--order=causal"),
            List.of("read", "news", "--cursor=a/b"),
            List.of("read", "news", "--cursor="),
            List.of("read", "news", "--cursor=a", "--order=time"),
            List.of("read", name, "--cursor=mail"),
            List.of("cursor", name, "mail"))) {
      Cli.Result refused = reader.fails(ExitCodes.USAGE, words.toArray(new String[0]));
      assertThat(refused.errors()).as(words.toString()).hasSize(1);
      assertThat(refused.out()).isEmpty();
    }
  }
}
