package org.tidelog.node.cli;

import java.time.Instant;
import java.util.List;
import org.tidelog.node.Cursor;
import org.tidelog.node.CursorStatus;
import org.tidelog.node.LogStatus;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Table;
import org.tidelog.node.cli.output.Table.Cell;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog cursor}. */
@Command(
    name = "cursor",
    description = "Say how far a cursor is: what it has had, what waits, what is missing.",
    customSynopsis = "tidelog cursor TOPIC NAME [--forget]",
    footer = {
      "",
      "A cursor is made by 'tidelog read TOPIC --cursor NAME'.",
      "",
      "Examples:",
      "  tidelog cursor trip mail",
      "  tidelog cursor trip mail --forget"
    })
final class CursorCommand implements Action {
  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The cursor's name.")
  String name = "";

  @Option(names = "--forget", description = "Forget it: one of that name begins anew.")
  boolean forget;

  @Override
  public void run(Context context) {
    Topic target = ReadCommand.topic(context.tidelog().target(topic));
    Cursor cursor = ReadCommand.cursor(target, name, null);
    if (forget) {
      cursor.forget();
    }
    List<CursorStatus> statuses = cursor.status();
    Output output = context.output();
    if (output.json()) {
      statuses.forEach(status -> output.line(fields(target, status)));
    } else {
      table(statuses, context.now()).printTo(output);
    }
  }

  private Fields fields(Topic target, CursorStatus status) {
    LogStatus log = status.log();
    return new Fields()
        .with("topic", target.label())
        .with("cursor", name)
        .with("name", log.name().text())
        .with("delivered", status.delivered())
        .with("waiting", status.waiting())
        .with(
            "gaps",
            status.gaps().stream()
                .map(
                    gap ->
                        new Fields()
                            .with("from", gap.from())
                            .with("to", gap.to())
                            .with("why", gap.reason().word()))
                .toList())
        .with("asOf", log.asOf())
        .with("sources", log.sources());
  }

  private static Table table(List<CursorStatus> statuses, Instant now) {
    Table table = new Table();
    table.heading(
        Cell.of("author"),
        Cell.of("log"),
        Cell.number("delivered"),
        Cell.number("waiting"),
        Cell.number("missing"),
        Cell.of("as of"),
        Cell.of("from"));
    for (CursorStatus status : statuses) {
      LogStatus log = status.log();
      table.row(
          Cell.of(Printable.line(log.author().orElse("-")) + (log.own() ? " (you)" : "")),
          Cell.of(log.name().shortText(), Ink.DIM),
          Cell.number(Words.number(status.delivered())),
          Cell.number(Words.number(status.waiting())),
          Cell.number(Words.number(Ranges.count(log.missing()))),
          Cell.of(log.asOf().map(time -> Words.ago(time, now)).orElse("never")),
          Cell.of(
              log.sources().isEmpty() ? "-" : Printable.line(String.join(", ", log.sources())),
              Ink.DIM));
    }
    return table;
  }
}
