package org.tidelog.node.cli.demo;

import java.util.Arrays;
import java.util.List;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;

/** What a reader sees, beside what was said. */
record Reading(List<ReadEntry> entries, Chat chat) {
  /** So many messages are shown of the beginning and of the end. */
  private static final int EXCERPT_LINES = 3;

  private static final int EXCERPT_CHARS_MAX = 70;

  static Reading of(List<ReadEntry> entries, Chat chat) {
    return new Reading(entries, chat);
  }

  int count() {
    return entries.size();
  }

  /** Whether everything said is there, byte for byte and in the order it was said. */
  boolean sameAsChat() {
    if (entries.size() != chat.lines().size()) {
      return false;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!same(entries.get(i), chat.lines().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Shows the first and the last messages. */
  void excerptTo(Story story) {
    if (story.output().json()) {
      return;
    }
    int ends = Math.min(EXCERPT_LINES, entries.size());
    entries.subList(0, ends).forEach(entry -> show(entry, story.output()));
    if (entries.size() > 2 * EXCERPT_LINES) {
      story.tell("      …");
    }
    int tail = Math.max(ends, entries.size() - EXCERPT_LINES);
    entries.subList(tail, entries.size()).forEach(entry -> show(entry, story.output()));
  }

  private static void show(ReadEntry entry, Output output) {
    String text = Printable.line(entry.text().orElse("(not text)"));
    boolean cut = text.codePointCount(0, text.length()) > EXCERPT_CHARS_MAX;
    String shown =
        cut ? text.substring(0, text.offsetByCodePoints(0, EXCERPT_CHARS_MAX)) + "…" : text;
    output.line(
        "      "
            + output.paint(Ink.DIM, Words.minute(entry.time()))
            + "  "
            + output.paint(Ink.NAME, Printable.line(entry.author()))
            + "  "
            + shown);
  }

  private static boolean same(ReadEntry entry, ChatLine line) {
    return entry.author().equals(line.nick())
        && entry.time().equals(line.time())
        && entry.payload().map(payload -> Arrays.equals(payload, line.text())).orElse(false);
  }
}
