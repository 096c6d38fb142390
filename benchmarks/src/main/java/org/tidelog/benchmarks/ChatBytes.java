package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror holds of real chats, split into a log for each person: imported person by person,
 * and replayed in the chat's order, where everybody reads who spoke before and so names parents.
 *
 * <p>Arguments: a folder to work in; the folder of the transcripts.
 */
public final class ChatBytes {
  private ChatBytes() {}

  /** Replays every transcript and prints tables. */
  public static void main(String[] words) throws Exception {
    if (words.length != 2) throw new IllegalArgumentException("usage: FOLDER TRANSCRIPTS");
    List<Chat> chats = chats(Path.of(words[1]));
    try (Scratch scratch = Scratch.in(Path.of(words[0]))) {
      for (boolean open : new boolean[] {true, false}) {
        String visibility = open ? "open" : "private";
        report(
            visibility + ", imported person by person", chats, chat -> alone(scratch, chat, open));
        report(
            visibility + ", replayed with parents", chats, chat -> replayed(scratch, chat, open));
      }
    }
  }

  private static List<Chat> chats(Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> paths = Files.list(folder)) {
      files = paths.filter(path -> path.toString().contains(".train")).sorted().toList();
    }
    List<Chat> chats = new ArrayList<>();
    for (Path file : files) {
      chats.add(Chat.read(file));
    }
    if (chats.isEmpty()) throw new IOException("no transcripts in " + folder);
    return chats;
  }

  private static MirrorSurvey.Parts alone(Scratch scratch, Chat chat, boolean open)
      throws Exception {
    Map<String, List<Chat.Line>> people = new LinkedHashMap<>();
    for (Chat.Line line : chat.lines()) {
      people.computeIfAbsent(line.nick(), nick -> new ArrayList<>()).add(line);
    }
    ChatClock clock = new ChatClock(chat.lines().get(0).time());
    try (ChatDevices devices = new ChatDevices(scratch, open, clock)) {
      people.values().forEach(lines -> devices.speak(lines, null));
      return MirrorSurvey.of(devices.mirror());
    }
  }

  private static MirrorSurvey.Parts replayed(Scratch scratch, Chat chat, boolean open)
      throws Exception {
    ChatClock clock = new ChatClock(chat.lines().get(0).time());
    try (ChatDevices devices = new ChatDevices(scratch, open, clock)) {
      @Nullable String before = null;
      for (List<Chat.Line> turn : chat.turns()) {
        devices.speak(turn, before);
        before = turn.get(0).nick();
      }
      return MirrorSurvey.of(devices.mirror());
    }
  }

  /** Writes a chat's logs and weighs them. */
  private interface Way {
    MirrorSurvey.Parts run(Chat chat) throws Exception;
  }

  private static void report(String title, List<Chat> chats, Way way) throws Exception {
    System.out.println();
    System.out.println(
        "| "
            + title
            + " | logs | entries | payload bytes | around entries | genesis | aliases | frames"
            + " | heads | index | all but records | records | all |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    MirrorSurvey.@Nullable Parts sum = null;
    for (Chat chat : chats) {
      MirrorSurvey.Parts parts = way.run(chat);
      long said = chat.lines().stream().mapToLong(line -> line.text().length).sum();
      if (parts.payloads() != said || parts.entries() != chat.lines().size()) {
        throw new AssertionError("payloads: " + parts.payloads() + " of " + said);
      }
      print(chat.name(), parts);
      sum = sum == null ? parts : sum.plus(parts);
    }
    if (sum != null) print("all", sum);
  }

  private static void print(String name, MirrorSurvey.Parts parts) {
    double bytes = parts.payloads();
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d | %,d | %,d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |",
            name,
            parts.logs(),
            parts.entries(),
            parts.payloads(),
            parts.around() / bytes,
            parts.genesis() / bytes,
            parts.aliases() / bytes,
            parts.frames() / bytes,
            parts.heads() / bytes,
            parts.index() / bytes,
            parts.withoutRecords() / bytes,
            parts.envelopes() / bytes,
            parts.total() / bytes));
  }
}
