package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.Topic;

/**
 * Real transcripts, as many as there are in a folder beside the project: each person's lines are
 * imported into a log of their own, mirrored, and read back from the mirror by a device that has
 * nothing else. What is expected is taken from the file by other means than ours.
 */
class RealChatsTest {
  private static final Path CHATS = Path.of("..", "..", "shared", "data", "irc");
  private static final int MINUTES_MAX = 6 * 60;

  @TempDir Path folder;

  /** What a transcript says, taken apart without our parsers. */
  private record Said(String nick, String text, long minute) {
    static List<Said> in(Path file) throws IOException {
      List<Said> said = new ArrayList<>();
      long day = 0;
      long before = 0;
      for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("===")) continue;
        long minute =
            Long.parseLong(line.substring(1, 3)) * 60 + Long.parseLong(line.substring(4, 6));
        if (minute < before - MINUTES_MAX) day++;
        before = minute;
        String rest = line.substring(8);
        if (rest.startsWith("<")) {
          int end = rest.indexOf("> ") >= 0 ? rest.indexOf("> ") : rest.indexOf('>');
          String text = rest.substring(end + 1);
          said.add(
              new Said(
                  rest.substring(1, end),
                  text.startsWith(" ") ? text.substring(1) : text,
                  day * 24 * 60 + minute));
        } else {
          String[] action = rest.trim().substring(1).trim().split(" ", 2);
          said.add(new Said(action[0], "/me " + action[1], day * 24 * 60 + minute));
        }
      }
      return said;
    }
  }

  static Stream<Path> chats() throws IOException {
    if (!Files.isDirectory(CHATS)) return Stream.of(Path.of("none"));
    try (Stream<Path> files = Files.list(CHATS)) {
      return files.filter(RealChatsTest::isChat).sorted().toList().stream();
    }
  }

  private static boolean isChat(Path file) {
    return file.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\d\\..*\\.txt");
  }

  @ParameterizedTest
  @MethodSource("chats")
  void importsMirrorsAndReadsBack(Path file) throws IOException {
    assumeTrue(Files.isRegularFile(file), "no transcripts in " + CHATS);
    Map<String, List<Said>> byNick = new LinkedHashMap<>();
    List<Said> all = Said.in(file);
    all.forEach(said -> byNick.computeIfAbsent(said.nick, nick -> new ArrayList<>()).add(said));
    Cli writer = new Cli(folder.resolve("writer"), folder.resolve("mirror"));
    Map<String, String> nicks = topics(writer.home(), byNick.keySet());
    for (String nick : byNick.keySet()) {
      String topic = "topic " + nick.replace('\\', '-');
      Cli.Result imported =
          writer.json(
              "import",
              topic,
              file.toString(),
              "--format",
              "irc",
              "--author",
              nick,
              "--date",
              "2015-08-10");
      assertThat(imported.object()).containsEntry("entries", (long) byNick.get(nick).size());
    }
    writer.json("publish");

    Cli reader = new Cli(folder.resolve("reader"), folder.resolve("mirror"));
    reader.json("init", "--no-passphrase");
    for (String name : nicks.keySet()) {
      reader.json("follow", name, "--as", "chat");
    }
    assertThat(reader.json("fetch", "chat").json())
        .allMatch(log -> log.get("complete").equals(true));
    assertThat(reader.json("verify").json())
        .hasSize(nicks.size())
        .allMatch(log -> log.get("ok").equals(true));
    check(reader.json("read", "chat").json(), nicks, byNick);
  }

  /** A home with an open topic a nick; the nicks by the names of their logs. */
  private static Map<String, String> topics(Path home, Set<String> nicks) {
    Tidelog.init(home, InitOptions.defaults());
    Map<String, String> byName = new LinkedHashMap<>();
    try (Tidelog tidelog = Tidelog.open(home, TidelogOptions.defaults())) {
      for (String nick : nicks) {
        Topic topic = tidelog.createTopic("topic " + nick.replace('\\', '-'), true);
        byName.put(topic.name().orElseThrow().text(), nick);
      }
    }
    return byName;
  }

  private static void check(
      List<Map<String, Object>> read, Map<String, String> nicks, Map<String, List<Said>> byNick) {
    Map<String, List<String>> texts = new TreeMap<>();
    for (Map<String, Object> entry : read) {
      String time = String.valueOf(entry.get("time"));
      String nick = nicks.get(String.valueOf(entry.get("name")));
      texts.computeIfAbsent(nick, key -> new ArrayList<>()).add(time + " " + entry.get("text"));
    }
    Map<String, List<String>> expected = new TreeMap<>();
    byNick.forEach(
        (nick, said) -> expected.put(nick, said.stream().map(RealChatsTest::line).toList()));
    assertThat(texts).isEqualTo(expected);
  }

  private static String line(Said said) {
    Instant midnight = Instant.parse("2015-08-10T00:00:00Z");
    String time = midnight.plusSeconds(said.minute * 60).toString().replace("Z", ".000Z");
    return time + " " + said.text;
  }
}
