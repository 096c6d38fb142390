package org.tidelog.node.cli;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;

/** How entries are shown: a line each, or more where a text has several. */
final class EntryLines {
  private static final String DATA = "data";
  private static final String CONTINUE = "continue";

  private final Topic topic;
  private final Output output;
  private final boolean kinds;

  /** Writing a name out takes longer than the rest of its line. */
  private final Map<IpnsName, String> names = new HashMap<>();

  /** {@code kinds}: say of each entry what kind it is. */
  EntryLines(Topic topic, Output output, boolean kinds) {
    this.topic = topic;
    this.output = output;
    this.kinds = kinds;
  }

  void print(ReadEntry entry) {
    if (output.json()) {
      output.line(fields(entry));
    } else {
      printPlain(entry);
    }
  }

  /** What {@code --json} prints. */
  Fields fields(ReadEntry entry) {
    Fields fields =
        new Fields()
            .with("topic", entry.topic())
            .with("name", text(entry.name()))
            .with("seq", entry.seq())
            .with("id", entry.id().hex())
            .with("time", entry.time())
            .with("author", entry.author());
    if (entry.branch().isPresent()) {
      fields.with("contested", true).with("branch", entry.branch().getAsInt());
    }
    if (kinds) {
      fields.with("kind", entry.kind());
    }
    if (!kinds || entry.kind().equals(DATA) || entry.kind().equals(CONTINUE)) {
      withPayload(ShownPayload.of(topic, entry), fields);
    }
    return fields.with(
        "parents",
        entry.parents().stream()
            .map(parent -> new Fields().with("name", text(parent.name())).with("seq", parent.seq()))
            .toList());
  }

  private String text(IpnsName name) {
    return names.computeIfAbsent(name, IpnsName::text);
  }

  private static void withPayload(ShownPayload payload, Fields fields) {
    payload.bytes().ifPresent(bytes -> withBytes(bytes, fields));
    fields.with("state", payload.absence());
    if (payload.isTooLarge()) {
      fields.with("payloadBytes", payload.length());
    }
  }

  private static void withBytes(byte[] bytes, Fields fields) {
    Optional<String> text = ShownPayload.utf8(bytes);
    fields.with("text", text);
    if (text.isEmpty()) {
      fields.with("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private void printPlain(ReadEntry entry) {
    String head =
        output.paint(Ink.DIM, Words.minute(entry.time()))
            + "  "
            + output.paint(Ink.NAME, Printable.line(entry.author()))
            + contested(entry)
            + "  ";
    if (kinds && !entry.kind().equals(DATA)) {
      String text = entry.kind().equals(CONTINUE) ? entry.text().map(t -> " " + t).orElse("") : "";
      output.line(head + output.paint(Ink.DIM, "(" + entry.kind() + text + ")"));
      return;
    }
    String[] lines = plain(ShownPayload.of(topic, entry)).split("\n", -1);
    output.line(head + Printable.line(lines[0]));
    for (int i = 1; i < lines.length; i++) {
      output.line("    " + Printable.line(lines[i]));
    }
  }

  private String contested(ReadEntry entry) {
    if (!entry.isContested()) {
      return "";
    }
    String branch = entry.branch().orElse(0) == 0 ? "a" : "b";
    return output.paint(Ink.WARNING, " [contested, branch " + branch + "]");
  }

  private static String plain(ShownPayload payload) {
    String length = Words.bytes(payload.length());
    if (payload.isTooLarge()) {
      return "(" + length + ", too large to be shown)";
    }
    return payload
        .absence()
        .map(state -> "(" + state + ")")
        .or(() -> payload.bytes().flatMap(ShownPayload::utf8))
        .orElse("(" + length + " that are not text)");
  }
}
