package org.tidelog.node.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.OutputMode;

/**
 * Real transcripts, as many as there are in a folder beside the project, replayed by one device a
 * person: written with the parents each had read, mirrored, and read back by a newcomer in the very
 * order in which they were said; then damaged, refused and healed.
 */
class RealConversationsTest {
  private static final Path CHATS = Path.of("..", "..", "shared", "data", "irc");

  static Stream<Path> chats() throws IOException {
    if (!Files.isDirectory(CHATS)) return Stream.of(Path.of("none"));
    try (Stream<Path> files = Files.list(CHATS)) {
      return files.filter(RealConversationsTest::isChat).sorted().toList().stream();
    }
  }

  private static boolean isChat(Path file) {
    return file.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\d\\..*\\.txt");
  }

  @ParameterizedTest
  @MethodSource("chats")
  void readsWhatWasSaidInTheOrderItWasSaid(Path file) throws IOException {
    assumeTrue(Files.isRegularFile(file), "no transcripts in " + CHATS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Output output = new Output(out, out, OutputMode.plain());
    try (DemoFolder folder = DemoFolder.temporary()) {
      boolean good = new Demo(Chat.of(file), folder.path(), output).run();
      output.flush();

      assertThat(good).as(out.toString(StandardCharsets.UTF_8)).isTrue();
    }
  }
}
