package org.tidelog.node.cli;

import java.time.Instant;
import java.util.Optional;
import org.tidelog.node.Continued;
import org.tidelog.node.DeviceStatus;
import org.tidelog.node.HeadState;
import org.tidelog.node.LogStatus;
import org.tidelog.node.Renewal;
import org.tidelog.node.RenewalReason;
import org.tidelog.node.Status;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Table;
import org.tidelog.node.cli.output.Table.Cell;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;

/** {@code tidelog status}. */
@Command(
    name = "status",
    description = "Say what is here, what is missing, as of when and from where.",
    customSynopsis = "tidelog status",
    footer = {"", "Examples:", "  tidelog status", "  tidelog status --json"})
final class StatusCommand implements Action {
  @Override
  public void run(Context context) {
    Status status = context.tidelog().status();
    Output output = context.output();
    if (output.json()) {
      status.logs().forEach(log -> output.line(fields(log)));
      output.line(fields(status.device()));
    } else {
      table(status, context.now()).printTo(output);
      DeviceStatus device = status.device();
      output.line(
          "This device is "
              + device.peerId()
              + ", at home in "
              + device.home()
              + " ("
              + Words.bytes(device.storeBytes())
              + ").");
      device.renewed().ifPresent(renewal -> output.line(sentence(renewal, context.now())));
      device.pending().ifPresent(reason -> output.line(sentence(reason)));
      if (!device.clockConfirmed()) output.line(ClockStatusCommand.sentence(device));
      device.layers().forEach(layer -> output.line(LayerLines.sentence(layer, context.now())));
    }
  }

  private static String sentence(Renewal renewal, Instant now) {
    return "It became a new device "
        + Words.ago(renewal.time(), now)
        + ", because this home "
        + renewal.reason().text()
        + ".";
  }

  private static String sentence(RenewalReason reason) {
    return "It will become a new device at the next write, because this home "
        + reason.text()
        + ".";
  }

  private static Table table(Status status, Instant now) {
    Table table = new Table();
    if (!status.logs().isEmpty()) {
      table.heading(
          Cell.of("topic"),
          Cell.of("author"),
          Cell.of("log"),
          Cell.number("entries"),
          Cell.number("missing"),
          Cell.number("published"),
          Cell.of("as of"),
          Cell.of("from"));
    }
    status.logs().forEach(log -> row(log, now, table));
    return table;
  }

  private static void row(LogStatus log, Instant now, Table table) {
    long missing = Ranges.count(log.missing());
    table.row(
        Cell.of(Printable.line(log.topic()), Ink.NAME),
        Cell.of(Printable.line(log.author().orElse("-")) + (log.own() ? " (you)" : "")),
        Cell.of(
            log.name().shortText() + (log.closed() ? " (closed)" : "") + contested(log), Ink.DIM),
        Cell.number(Words.number(log.size())),
        new Cell(
            missing == 0 ? "-" : Words.number(missing), missing == 0 ? Ink.DIM : Ink.WARNING, true),
        Cell.number(log.own() ? Words.number(log.published()) : "-"),
        Cell.of(asOf(log, now)),
        Cell.of(log.sources().isEmpty() ? "-" : String.join(", ", log.sources()), Ink.DIM));
  }

  private static String asOf(LogStatus log, Instant now) {
    if (log.head() == HeadState.FUTURE) return "the future";
    String ago = log.asOf().map(time -> Words.ago(time, now)).orElse("never");
    return log.head() == HeadState.STALE ? ago + " (stale)" : ago;
  }

  private static Fields fields(LogStatus log) {
    return new Fields()
        .with("topic", log.topic())
        .with("name", log.name().text())
        .with("own", log.own())
        .with("author", log.author())
        .with("size", log.size())
        .with("published", log.published())
        .with("missing", Ranges.list(log.missing()))
        .with("asOf", log.asOf())
        .with("sources", log.sources())
        .with("closed", log.closed())
        .with("continues", log.continues().map(old -> old.name().text()))
        .with("continuesProved", log.continues().map(Continued::proved))
        .with("contested", log.contested())
        .with("forkPoint", point(log))
        .with("head", log.head().word());
  }

  private static Optional<Long> point(LogStatus log) {
    return log.forkPoint().isPresent()
        ? Optional.of(log.forkPoint().getAsLong())
        : Optional.empty();
  }

  private static String contested(LogStatus log) {
    if (!log.contested()) {
      return "";
    }
    return point(log).map(seq -> " (contested from " + seq + ")").orElse(" (contested)");
  }

  private static Fields fields(DeviceStatus device) {
    Fields fields = withoutLayers(device);
    if (device.layers().isEmpty()) return fields;
    return fields.with("layers", device.layers().stream().map(LayerLines::fields).toList());
  }

  private static Fields withoutLayers(DeviceStatus device) {
    return new Fields()
        .with("peerId", device.peerId())
        .with("home", device.home().toString())
        .with("storeBytes", device.storeBytes())
        .with("daemon", device.daemon())
        .with("renewalPending", device.pending().map(RenewalReason::word))
        .with("renewed", device.renewed().map(Renewal::time))
        .with("renewedBecause", device.renewed().map(renewal -> renewal.reason().word()))
        .with("clock", ClockStatusCommand.word(device))
        .with("trustedTime", device.trustedTime());
  }
}
