package org.tidelog.node.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Receipt;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.imports.LineBatches;
import org.tidelog.node.cli.imports.LineReader;
import org.tidelog.node.cli.imports.MalformedLineException;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog append}. */
@Command(
    name = "append",
    description = "Append an entry to this device's log of a topic.",
    customSynopsis = "tidelog append TOPIC [TEXT] [--ttl D] [--deletable]",
    footer = {
      "",
      "Without TEXT, every line of standard input becomes an entry. A line is printed for each"
          + " entry",
      "once it is safe on this device, without waiting for the end of the input.",
      "",
      "Examples:",
      "  tidelog append trip 'see you at nine'",
      "  tidelog append trip --ttl 7d 'the code is 1234'",
      "  journalctl -f | tidelog append journal"
    })
final class AppendCommand implements Action {
  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "The entry; default: standard input, a line an entry.")
  @Nullable String text;

  @Option(
      names = "--ttl",
      paramLabel = "D",
      description = "The payload expires after this long: 90s, 15m, 12h, 7d, 2w.")
  @Nullable Duration timeToLive;

  @Option(
      names = "--deletable",
      description = "Should it be deleted later, nobody can test guesses of what it said.")
  boolean deletable;

  @Override
  public void run(Context context) {
    Topic target = context.tidelog().target(topic).topic();
    if (text != null) {
      append(target, List.of(text.getBytes(StandardCharsets.UTF_8)), context.output());
      return;
    }
    LineBatches batches = new LineBatches(new LineReader(context.standardInput()));
    for (List<byte[]> lines = next(batches); !lines.isEmpty(); lines = next(batches)) {
      append(target, lines, context.output());
    }
  }

  private static List<byte[]> next(LineBatches batches) {
    try {
      return batches.next();
    } catch (MalformedLineException e) {
      throw CommandFailure.of(ErrorKind.BAD_INPUT, "standard input: " + e.getMessage());
    } catch (IOException e) {
      throw Failures.io("standard input", e);
    }
  }

  /** Nothing is printed before all of {@code payloads} are durable. */
  private void append(Topic target, List<byte[]> payloads, Output output) {
    AppendOptions options = new AppendOptions(Optional.ofNullable(timeToLive), deletable);
    List<Draft> drafts =
        payloads.stream().map(payload -> new Draft(payload, Optional.empty(), options)).toList();
    target.appendAll(drafts).forEach(receipt -> print(target, receipt, output));
    output.flush();
  }

  private static void print(Topic target, Receipt receipt, Output output) {
    if (!output.json()) {
      output.line(target.label() + " " + receipt.seq() + " " + receipt.id().hex());
      return;
    }
    output.line(
        new Fields()
            .with("topic", target.label())
            .with("name", receipt.log().text())
            .with("seq", receipt.seq())
            .with("id", receipt.id().hex())
            .with("durability", receipt.durability().word()));
  }
}
