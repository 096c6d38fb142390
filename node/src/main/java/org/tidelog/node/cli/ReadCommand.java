package org.tidelog.node.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.Cursor;
import org.tidelog.node.DeliveryOrder;
import org.tidelog.node.EntryStream;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Target;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog read}. */
@Command(
    name = "read",
    description = "Print the entries of a topic, or of one log, in causal order.",
    customSynopsis = {
      "tidelog read TOPIC|NAME [--last N] [--from SEQ] [--since TIME] [--author NAME] [--all]",
      "tidelog read TOPIC --cursor NAME [--order causal|arrival] [--max N]"
    },
    footer = {
      "",
      "With a cursor, entries are printed that were not printed with it before. What was printed is"
          + " remembered",
      "under its name; an entry may be printed twice if the command is interrupted, and none is left"
          + " out.",
      "",
      "Examples:",
      "  tidelog read trip --last 20",
      "  tidelog read trip --author kim --since 2026-01-31T12:00:00Z --json",
      "  tidelog read trip --cursor mail --order arrival --json | ./send-mail"
    })
final class ReadCommand implements Action {
  @Parameters(paramLabel = "TOPIC|NAME", description = "A topic's name on this device, or a log's.")
  String target = "";

  @Option(names = "--last", paramLabel = "N", description = "Only the last N entries.")
  @Nullable Integer last;

  @Option(names = "--from", paramLabel = "SEQ", description = "Only entries from this position on.")
  @Nullable Long from;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only entries of this time or later, such as 2026-01-31T12:00:00Z.")
  @Nullable Instant since;

  @Option(names = "--author", paramLabel = "NAME", description = "Only this author's entries.")
  @Nullable String author;

  @Option(names = "--all", description = "Control entries too.")
  boolean all;

  @Option(
      names = "--cursor",
      paramLabel = "NAME",
      description = "Only entries that this cursor has not delivered yet.")
  @Nullable String cursor;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      completionCandidates = OrderWords.class,
      description = "With a cursor: causal (default), or arrival, as entries came to this device.")
  @Nullable DeliveryOrder order;

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "With a cursor: no more than N entries; the others are for the next time.")
  @Nullable Integer max;

  /** For completion in a shell. */
  static final class OrderWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    OrderWords() {
      super(new Choice<>(DeliveryOrder.values()).words());
    }
  }

  @Override
  public void run(Context context) {
    refuseWhatDoesNotGoTogether();
    Target wanted = context.tidelog().target(target);
    if (cursor != null) {
      Topic topic = topic(wanted);
      int most = max == null ? Integer.MAX_VALUE : max;
      new CursorReading(context, topic).run(cursor(topic, cursor, order), most);
      return;
    }
    Output output = context.output();
    EntryLines lines = new EntryLines(wanted.topic(), output, all);
    try (EntryStream entries = wanted.topic().read(query(wanted))) {
      while (entries.hasNext() && !output.readerGone()) {
        ReadEntry entry = entries.next();
        lines.print(entry);
      }
    }
  }

  private void refuseWhatDoesNotGoTogether() {
    boolean filtered = last != null || from != null || since != null || author != null || all;
    if (cursor != null && filtered) {
      throw usage("a cursor delivers all data entries, and takes none of the other options");
    }
    if (cursor == null && (order != null || max != null)) {
      throw usage("--order and --max are for a cursor");
    }
  }

  private static CommandFailure usage(String why) {
    return CommandFailure.of(
        ErrorKind.USAGE, "read: " + why, "tidelog read TOPIC --cursor NAME --max 100");
  }

  /** What is read with a cursor is a topic. */
  static Topic topic(Target wanted) {
    if (!wanted.name().isPresent()) return wanted.topic();
    throw CommandFailure.of(
        ErrorKind.USAGE,
        "cursor: a cursor is of a topic, not of one log",
        "the topic's name: " + wanted.topic().label());
  }

  static Cursor cursor(Topic topic, String name, @Nullable DeliveryOrder order) {
    try {
      return topic.cursor(name, order == null ? DeliveryOrder.CAUSAL : order);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.of(
          ErrorKind.USAGE,
          "cursor: a name has 1 to " + Cursor.NAME_BYTES_MAX + " bytes and no slash",
          "another name");
    }
  }

  private ReadQuery query(Target wanted) {
    return new ReadQuery(
        wanted.name(),
        last == null ? OptionalInt.empty() : OptionalInt.of(last),
        from == null ? OptionalLong.empty() : OptionalLong.of(from),
        Optional.ofNullable(since),
        Optional.ofNullable(author),
        all);
  }
}
