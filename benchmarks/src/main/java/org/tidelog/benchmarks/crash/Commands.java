package org.tidelog.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands of the command line to be killed, and what their answers acknowledge. */
final class Commands {
  private static final int LINES = 40;
  private static final Pattern ENTRY =
      Pattern.compile("\"name\":\"(k51[^\"]*)\",\"seq\":(\\d+),\"id\":\"([0-9a-f]{64})\"");
  private static final Pattern IMPORT =
      Pattern.compile(
          "\"name\":\"(k51[^\"]*)\".*\"entries\":(\\d+).*\"firstSeq\":(\\d+),\"lastSeq\":(\\d+)");

  private final Scene scene;
  private final Random random;
  private final String mark;

  Commands(Scene scene, long seed) {
    this.scene = scene;
    this.random = new Random(seed);
    this.mark = "c" + Long.toString(seed & Long.MAX_VALUE, 36) + "-";
  }

  /** The text of one line of the input. */
  private String text(int line) {
    return mark + line + " ";
  }

  /** What every command may be given on its standard input. */
  Path input() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      lines.append(text(i)).append(".".repeat(random.nextInt(200))).append('\n');
    }
    return Files.writeString(scene.temporary().resolve("input"), lines);
  }

  /** The words of a command. */
  List<String> any(Path input) {
    boolean reading = random.nextInt(4) == 0;
    List<String> words =
        new ArrayList<>(
            List.of(
                "--json",
                "--home=" + (reading ? scene.reader() : scene.writer()),
                "--mirror=" + scene.mirror()));
    String topic = Scene.TOPICS.get(random.nextInt(Scene.TOPICS.size()));
    if (reading) {
      words.add("fetch");
      return words;
    }
    switch (random.nextInt(4)) {
      case 0 -> words.addAll(List.of("publish", "--index"));
      case 1 -> words.addAll(List.of("import", topic, input.toString(), "--format", "lines"));
      default -> words.addAll(List.of("append", topic));
    }
    return words;
  }

  /** The lines of the answers as a worker would have said them. */
  List<String> heard(List<String> answers) {
    List<String> lines = new ArrayList<>();
    int next = 0;
    for (String answer : answers) {
      Matcher entry = ENTRY.matcher(answer);
      Matcher imported = IMPORT.matcher(answer);
      if (entry.find()) {
        lines.add(
            "ack appended "
                + entry.group(1)
                + " "
                + entry.group(2)
                + " "
                + entry.group(3)
                + " "
                + text(next++));
      } else if (imported.find()) {
        lines.add(
            "ack imported "
                + imported.group(1)
                + " "
                + imported.group(3)
                + " "
                + imported.group(4));
      }
    }
    return lines;
  }
}
