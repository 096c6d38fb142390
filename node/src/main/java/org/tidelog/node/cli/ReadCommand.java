package org.tidelog.node.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.EntryStream;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog read}. */
@Command(
    name = "read",
    description = "Print the entries of a topic, or of one log, in causal order.",
    customSynopsis = {
      "tidelog read TOPIC|NAME [--last N] [--from SEQ] [--since TIME] [--author NAME] [--all]"
    },
    footer = {
      "",
      "Examples:",
      "  tidelog read trip --last 20",
      "  tidelog read trip --author kim --since 2026-01-31T12:00:00Z --json"
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

  @Override
  public void run(Context context) {
    Tidelog tidelog = context.tidelog();
    Target wanted = tidelog.target(target);
    Output output = context.output();
    EntryLines lines = new EntryLines(wanted.topic(), output, all);
    try (EntryStream entries = wanted.topic().read(query(wanted))) {
      while (entries.hasNext() && !output.readerGone()) {
        ReadEntry entry = entries.next();
        lines.print(entry);
      }
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
