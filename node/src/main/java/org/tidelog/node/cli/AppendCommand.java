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
import org.tidelog.node.TidelogException;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.imports.LineBatches;
import org.tidelog.node.cli.imports.LineReader;
import org.tidelog.node.cli.imports.MalformedLineException;
import org.tidelog.node.cli.output.Failure;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.replicator.Rung;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog append}. */
@Command(
    name = "append",
    description = "Append an entry to this device's log of a topic.",
    customSynopsis = {
      "tidelog append TOPIC [TEXT] [--ttl D] [--deletable] [--durability RUNG] [--timeout D]"
    },
    footer = {
      "",
      "Without TEXT, every line of standard input becomes an entry. A line is printed for each"
          + " entry",
      "once it is safe on this device, or has reached RUNG, without waiting for the end of the"
          + " input.",
      "",
      "Examples:",
      "  tidelog append trip 'see you at nine'",
      "  tidelog append trip --ttl 7d 'the code is 1234'",
      "  tidelog append trip --durability mirrored 'see you at ten'",
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

  @Option(
      names = "--durability",
      paramLabel = "RUNG",
      completionCandidates = WantedRung.RungWords.class,
      description =
          "Wait until entries are as safe as this: local (default), mirrored (published to every"
              + " layer of the mirror). Not in this version: mailbox[:N], replicated[:N], read.")
  WantedRung durability = new WantedRung(Rung.LOCAL, 1);

  @Option(
      names = "--timeout",
      paramLabel = "D",
      description = "Wait no longer than this for the rung: 90s, 15m, 12h. Default: 60s.")
  Duration timeout = Duration.ofSeconds(60);

  @Override
  public void run(Context context) {
    Topic target = context.tidelog().target(topic).topic();
    target.requireReachable(durability.rung());
    if (text != null) {
      append(target, List.of(text.getBytes(StandardCharsets.UTF_8)), context);
      return;
    }
    LineBatches batches = new LineBatches(new LineReader(context.standardInput()));
    for (List<byte[]> lines = next(batches); !lines.isEmpty(); lines = next(batches)) {
      append(target, lines, context);
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

  /** Nothing is printed before all of {@code payloads} are durable, and waited for. */
  private void append(Topic target, List<byte[]> payloads, Context context) {
    AppendOptions options = new AppendOptions(Optional.ofNullable(timeToLive), deletable);
    List<Draft> drafts =
        payloads.stream().map(payload -> new Draft(payload, Optional.empty(), options)).toList();
    List<Receipt> receipts = target.appendAll(drafts);
    // All of one log: what holds for the last holds for those before it.
    Receipt last = receipts.get(receipts.size() - 1);
    Optional<Failure> failure = await(last, context);
    Output output = context.output();
    receipts.forEach(receipt -> print(target, receipt, last.durability(), output));
    output.flush();
    failure.ifPresent(context::report);
  }

  /** Why it is not as safe as it was to be; empty if it is. */
  private Optional<Failure> await(Receipt receipt, Context context) {
    try {
      if (receipt.await(durability.rung(), timeout)) {
        return Optional.empty();
      }
      context.leaveOpen();
      String why = "no end of it after " + timeout.toSeconds() + " s";
      ErrorKind kind = ErrorKind.UNREACHABLE;
      return Optional.of(shortOf(new Failure(kind.word(), kind.exitCode(), why)));
    } catch (InterruptedException e) {
      throw CommandFailure.of(ErrorKind.INTERNAL, "append: it was interrupted while it waited");
    } catch (TidelogException e) {
      return Optional.of(shortOf(Failures.of(e)));
    }
  }

  /** Whatever keeps it from being reached, the entry is here. */
  private Failure shortOf(Failure why) {
    return new Failure(
        why.word(),
        ExitCodes.graver(ExitCodes.INCOMPLETE, why.exitCode()),
        "append: safe on this device, but not yet "
            + durability.rung().word()
            + ": "
            + why.message(),
        Optional.of(why.hint().orElse("tidelog doctor")));
  }

  private static void print(Topic target, Receipt receipt, Rung reached, Output output) {
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
            .with("durability", reached.word()));
  }
}
