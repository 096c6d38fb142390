package org.tidelog.node.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidelog.node.CaughtUp;
import org.tidelog.node.Cursor;
import org.tidelog.node.Gap;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;

/** Prints what a cursor delivers; what was printed is acknowledged. */
final class CursorReading {
  private static final int BATCH_MAX = 256;
  private static final int GAPS_SHOWN_MAX = 3;

  private final Context context;
  private final Topic topic;

  CursorReading(Context context, Topic topic) {
    this.context = context;
    this.topic = topic;
  }

  /** Prints {@code max} entries at most. */
  void run(Cursor cursor, int max) {
    Output output = context.output();
    EntryLines lines = new EntryLines(topic, output, false);
    int left = max;
    while (left > 0) {
      Cursor.Batch batch = cursor.next(Math.min(left, BATCH_MAX));
      for (ReadEntry entry : batch.entries()) {
        lines.print(entry);
      }
      output.flush();
      if (output.readerGone()) {
        return; // Perhaps nobody has read them.
      }
      batch.acknowledge();
      left -= batch.entries().size();
      if (batch.caughtUp().isPresent()) {
        output.note(sentence(batch.caughtUp().get(), context.now()));
        batch.gaps().stream().limit(GAPS_SHOWN_MAX).forEach(gap -> output.note(sentence(gap)));
        int more = batch.gaps().size() - GAPS_SHOWN_MAX;
        if (more > 0) {
          output.note(Words.count(more, "more gap is", "more gaps are") + " not told.");
        }
        return;
      }
    }
  }

  private static String sentence(CaughtUp caughtUp, Instant now) {
    List<String> sources = caughtUp.sources();
    Optional<Instant> asOf = caughtUp.asOf();
    if (!asOf.isPresent()) {
      return "Nothing more is here.";
    }
    return "Nothing more is here, as of "
        + Words.ago(asOf.get(), now)
        + (sources.isEmpty() ? "" : ", by " + Printable.line(String.join(", ", sources)))
        + ".";
  }

  private static String sentence(Gap gap) {
    String what =
        switch (gap.reason()) {
          case ABSENT -> "";
          case PAYLOAD -> "the payload of ";
          case KEY -> "the key to ";
        };
    boolean one = gap.to() - gap.from() == 1;
    return "Not here yet: "
        + what
        + (one ? "entry " + gap.from() : "entries " + gap.from() + " to " + (gap.to() - 1))
        + " of "
        + gap.name().shortText()
        + ".";
  }
}
