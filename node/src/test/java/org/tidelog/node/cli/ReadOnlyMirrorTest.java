package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors that can be read, or asked to keep something, and to which no log can be published. */
final class ReadOnlyMirrorTest {
  /** Nothing listens on port 1, and nobody is to find out. */
  private static final String GATEWAY = "gateway:http://127.0.0.1:1";

  private static final String PINS = "pin:http://127.0.0.1:1";

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void writeSomething() {
    cli = new Cli(folder.resolve("home"), folder.resolve("mirror"));
    cli.json("init", "--no-passphrase");
    cli.json("topic", "create", "news", "--open");
    cli.json("append", "news", "one");
  }

  @Test
  void isNotPublishedToAndSaysWhatIsMissing() {
    for (List<String> layers : List.of(List.of(GATEWAY), List.of(PINS), List.of(GATEWAY, PINS))) {
      Cli readOnly = cli.at(layers.toArray(new String[0]));
      for (String command : List.of("publish", "republish")) {
        Map<String, Object> error = readOnly.fails(ExitCodes.FAILED, command).errors().get(0);

        assertThat(error)
            .containsEntry("error", "mirror-unwritable")
            .containsEntry("message", "cannot publish: no layer of the mirror takes records")
            .containsEntry("hint", "add a folder, kubo:URL or delegated:URL with --mirror");
      }
    }
  }

  @Test
  void leavesWhatIsHereAsItWasForAMirrorThatTakesIt() {
    cli.at(GATEWAY).fails(ExitCodes.FAILED, "publish");
    assertThat(folder.resolve("mirror")).doesNotExist();

    String name = cli.json("publish").text("name");

    assertThat(Files.exists(folder.resolve("mirror/names").resolve(name))).isTrue();
  }
}
