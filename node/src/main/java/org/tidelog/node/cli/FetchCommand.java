package org.tidelog.node.cli;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Problem;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Failure;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog fetch}. */
@Command(
    name = "fetch",
    description = "Fetch what is new from the mirror, newest first, and verify it.",
    customSynopsis = "tidelog fetch [TOPIC|NAME] [--max-bytes N]",
    footer = {"", "Examples:", "  tidelog fetch", "  tidelog fetch trip --max-bytes 100000"})
final class FetchCommand implements Action {
  private static final String HINT =
      "another mirror with --mirror, or 'tidelog publish --check' on the author's device";

  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC|NAME",
      description = "Only this topic, or this log (default: everything followed).")
  @Nullable String target;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "Stop once this much was read, and keep it.")
  @Nullable Long bytesMax;

  @Override
  public void run(Context context) {
    Tidelog tidelog = context.tidelog();
    Target wanted = target == null ? null : tidelog.target(target);
    OptionalLong bound = bytesMax == null ? OptionalLong.empty() : OptionalLong.of(bytesMax);
    List<FetchReport> reports;
    try (ProgressBar bar = context.output().progressBar()) {
      reports = tidelog.fetch(wanted, new FetchOptions(bound), bar::at);
    }
    for (FetchReport report : reports) {
      print(report, context.output());
      reportTrouble(report, context);
    }
    if (reports.isEmpty()) {
      context.output().note("Nothing to fetch: no log of others is known yet.");
    }
  }

  /** Stopping at one's own bound is no trouble. */
  private void reportTrouble(FetchReport report, Context context) {
    context.output().flush();
    report.problems().forEach(problem -> context.report(failure(problem)));
    if (!report.complete() && report.problems().isEmpty() && bytesMax == null) {
      context.report(
          new Failure(
              ErrorKind.INCOMPLETE.word(),
              ErrorKind.INCOMPLETE.exitCode(),
              report.name().text() + ": not all of it could be fetched"));
    }
  }

  private static Failure failure(Problem problem) {
    Failure failure = Failures.of(problem);
    return problem.kind() == ErrorKind.FORK ? failure : failure.withHint(HINT);
  }

  private static void print(FetchReport report, Output output) {
    if (output.json()) {
      output.line(fields(report));
      return;
    }
    String state = report.complete() ? "complete" : "not complete";
    output.line(
        Printable.line(report.topic())
            + " "
            + report.name().shortText()
            + ": "
            + Words.count(report.entries(), "new entry", "new entries")
            + " ("
            + Words.bytes(report.payloadBytes())
            + "), "
            + Words.bytes(report.bytesRead())
            + " read, "
            + state);
  }

  static Fields fields(FetchReport report) {
    return new Fields()
        .with("topic", report.topic())
        .with("name", report.name().text())
        .with("size", report.size())
        .with("entries", report.entries())
        .with("payloadBytes", report.payloadBytes())
        .with("bytesRead", report.bytesRead())
        .with("blocksRead", report.blocksRead())
        .with("recordBytes", report.recordBytes())
        .with("missing", Ranges.list(report.missing()))
        .with("complete", report.complete())
        .with("millis", report.millis());
  }
}
