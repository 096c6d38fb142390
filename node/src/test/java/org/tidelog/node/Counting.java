package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

/**
 * A small messaging application, as a process of its own: counts what others' entries say, answers
 * some of them, and writes the id of each into a file, until nothing more is delivered.
 */
final class Counting {
  static final String COUNT = "count";
  static final String UNREAD = "unread/notes";
  static final String OUTBOX = "outbox/";
  static final int ANSWER_EVERY = 100;
  private static final int BATCH_MAX = 40;

  private Counting() {}

  public static void main(String[] args) throws Exception {
    Path seen = Path.of(args[1]);
    Random random = new Random();
    try (Tidelog tidelog = Tidelog.open(Path.of(args[0]), TidelogOptions.defaults())) {
      Topic notes = tidelog.topic("notes").orElseThrow();
      Cursor cursor = notes.cursor("counting");
      while (true) {
        Cursor.Batch batch = cursor.next(1 + random.nextInt(BATCH_MAX));
        if (batch.entries().isEmpty()) return;
        count(tidelog, batch, seen);
        send(tidelog, notes);
      }
    }
  }

  private static void count(Tidelog tidelog, Cursor.Batch batch, Path seen) throws Exception {
    Map<String, Optional<byte[]>> values = new LinkedHashMap<>();
    long count = number(tidelog, COUNT);
    long unread = number(tidelog, UNREAD);
    StringBuilder ids = new StringBuilder();
    for (ReadEntry entry : batch.entries()) {
      if (entry.text().orElse("").startsWith("answer ")) continue;
      count++;
      unread++;
      ids.append(entry.id().hex()).append('\n');
      if (count % ANSWER_EVERY == 0) {
        values.put(OUTBOX + count, Optional.of(bytes("answer " + entry.id().hex())));
      }
    }
    values.put(COUNT, Optional.of(bytes(Long.toString(count))));
    values.put(UNREAD, Optional.of(bytes(Long.toString(unread))));
    Files.writeString(seen, ids, StandardOpenOption.APPEND);
    System.out.println("batch");
    batch.acknowledge(values);
  }

  private static void send(Tidelog tidelog, Topic notes) {
    SortedMap<String, byte[]> outbox = tidelog.values().withPrefix(OUTBOX, 10);
    outbox.forEach(
        (key, text) -> notes.appendAll(List.of(Draft.of(text)), Map.of(key, Optional.empty())));
  }

  static long number(Tidelog tidelog, String key) {
    Optional<byte[]> value = tidelog.values().get(key);
    return value.map(set -> Long.parseLong(new String(set, StandardCharsets.UTF_8))).orElse(0L);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
