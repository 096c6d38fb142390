package org.tidelog.node.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.node.Composition;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Table;
import org.tidelog.node.cli.output.Table.Cell;
import org.tidelog.node.cli.output.Words;

/** What it cost: the bytes of each part, for each byte that people said. */
final class Costs {
  private record Row(String group, String part, long bytes, boolean total) {}

  private final long payloadBytes;
  private final List<Row> rows = new ArrayList<>();

  Costs(Stage stage, DemoDevice reader, long payloadBytes) {
    this.payloadBytes = payloadBytes;
    addLogs(reader.topic().composition());
    addWritten("written by all", stage.traffic());
    addRead("read while talking", stage.traffic());
    addRead("read by the reader", reader.traffic());
  }

  private void addLogs(Composition logs) {
    String group = "the logs";
    add(group, "text", logs.payloads());
    add(group, "entries around it", logs.entryOverhead());
    add(group, "heads", logs.heads());
    add(group, "genesis", logs.genesis());
    add(group, "aliases", logs.aliases());
    add(group, "other control entries", logs.controls());
    long total =
        logs.payloads()
            + logs.entryOverhead()
            + logs.heads()
            + logs.genesis()
            + logs.aliases()
            + logs.controls();
    rows.add(new Row(group, "total", total, true));
  }

  private void addWritten(String group, Traffic traffic) {
    add(group, "records", traffic.recordBytesWritten());
    add(group, "pages and indexes", traffic.blockBytesWritten());
    add(group, "topic index", traffic.indexBytesWritten());
    rows.add(new Row(group, "total", traffic.bytesWritten(), true));
  }

  private void addRead(String group, Traffic traffic) {
    add(group, "records", traffic.recordBytesRead());
    add(group, "pages and indexes", traffic.blockBytesRead());
    rows.add(new Row(group, "total", traffic.bytesRead(), true));
  }

  private void add(String group, String part, long bytes) {
    rows.add(new Row(group, part, bytes, false));
  }

  void printTo(Story story) {
    story.tell(
        "What it cost, for each of the " + Words.number(payloadBytes) + " bytes people said:");
    if (story.output().json()) {
      story.step("cost", true, fields(), "");
    } else {
      table().printTo(story.output());
    }
  }

  private Fields fields() {
    List<Fields> parts = new ArrayList<>();
    for (Row row : rows) {
      parts.add(
          new Fields()
              .with("group", row.group())
              .with("part", row.part())
              .with("bytes", row.bytes())
              .with("perByte", Words.ratio(row.bytes(), payloadBytes)));
    }
    return new Fields().with("payloadBytes", payloadBytes).with("parts", parts);
  }

  private Table table() {
    Table table = new Table();
    table.heading(Cell.of("  "), Cell.of("part"), Cell.number("bytes"), Cell.number("per byte"));
    String group = "";
    for (Row row : rows) {
      Ink ink = row.total() ? Ink.BOLD : Ink.PLAIN;
      table.row(
          Cell.of("  " + (row.group().equals(group) ? "" : row.group())),
          Cell.of(row.part(), ink),
          new Cell(Words.number(row.bytes()), ink, true),
          new Cell(Words.ratio(row.bytes(), payloadBytes), ink, true));
      group = row.group();
    }
    return table;
  }
}
