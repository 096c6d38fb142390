package org.tidelog.node.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.TidelogException;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.OutputMode;

final class DemoTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void goesWellWithAShortChat() throws Exception {
    Path chat =
        Files.writeString(
            folder.resolve("chat"),
            "[23:58] <kim> hi\n[23:58]  * lee waves\n[00:01] <kim> hello lee\n");

    assertThat(run(Chat.of(chat), OutputMode.plain())).as(printed()).isTrue();
    assertThat(printed())
        .contains("3 messages by 2 devices", "kim  hi", "lee  /me waves", "refused: ");
  }

  @Test
  void goesWellWithLogsThatNeedPages() throws Exception {
    String lines =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "[10:00] <"
                        + (i % 3 == 0 ? "kim" : "lee")
                        + "> message "
                        + i
                        + " "
                        + "x".repeat(60)
                        + "\n")
            .collect(Collectors.joining());
    Path chat = Files.writeString(folder.resolve("chat"), lines);

    assertThat(run(Chat.of(chat), new OutputMode(true, false, false, false, false)))
        .as(printed())
        .isTrue();
    assertThat(printed().lines().map(line -> line.substring(0, line.indexOf(','))))
        .containsExactly(
            "{\"step\":\"talk\"",
            "{\"step\":\"index\"",
            "{\"step\":\"catch-up\"",
            "{\"step\":\"order\"",
            "{\"step\":\"damage\"",
            "{\"step\":\"heal\"",
            "{\"step\":\"cost\"");
  }

  @Test
  void readsTheChatThatComesWithTheProgram() throws Exception {
    Chat chat = Chat.shipped();

    assertThat(chat.lines()).hasSizeGreaterThan(1_000);
    assertThat(chat.lines().get(0).nick()).isEqualTo("daftykins");
    assertThat(chat.lines().get(0).time()).isEqualTo("2015-08-10T22:08:00Z");
  }

  @Test
  void refusesWhatIsNoTranscript() throws Exception {
    Path junk = Files.writeString(folder.resolve("junk"), "hello\n");
    Path empty = Files.writeString(folder.resolve("empty"), "");

    for (Path file : new Path[] {junk, empty}) {
      assertThatThrownBy(() -> Chat.of(file))
          .isInstanceOfSatisfying(
              TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_INPUT))
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void keepsAFolderOnlyIfItIsNew() throws Exception {
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.createFile(used.resolve("something"));

    assertThatThrownBy(() -> DemoFolder.kept(used)).hasMessageEndingWith("the folder is not empty");
    Path gone;
    try (DemoFolder temporary = DemoFolder.temporary()) {
      gone = temporary.path();
      Files.createFile(Files.createDirectory(gone.resolve("sub")).resolve("file"));
    }
    assertThat(gone).doesNotExist();
  }

  private boolean run(Chat chat, OutputMode mode) throws Exception {
    Output output = new Output(out, out, mode);
    try {
      return new Demo(chat, folder.resolve("demo"), output).run();
    } finally {
      output.flush();
    }
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
