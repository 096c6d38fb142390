package org.tidelog.node.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Problem;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.VerifyReport;
import org.tidelog.node.cli.output.Failure;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog verify}. */
@Command(
    name = "verify",
    description = "Check every hash and signature of what this device holds.",
    customSynopsis = {
      "tidelog verify [TOPIC|NAME]",
      "tidelog verify NAME --write-proof FILE",
      "tidelog verify --proof FILE"
    },
    footer = {
      "",
      "Examples:",
      "  tidelog verify",
      "  tidelog verify trip --json",
      "  tidelog verify k51qzi5uqu5d... --write-proof fork.proof",
      "  tidelog verify --proof fork.proof"
    })
final class VerifyCommand implements Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC|NAME",
      description = "Only this topic, or this log (default: everything).")
  @Nullable String target;

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "Check a fork proof, without a home or a mirror.")
  @Nullable Path proof;

  @Option(
      names = "--write-proof",
      paramLabel = "FILE",
      description = "Write the proof that the log NAME is contested to a new file.")
  @Nullable Path written;

  @Override
  public void run(Context context) {
    if (proof != null) {
      if (target != null || written != null) {
        throw CommandFailure.of(
            ErrorKind.USAGE,
            "verify: --proof takes no topic or name, and no --write-proof",
            "tidelog verify --proof FILE");
      }
      ForkProofs.check(proof, context.output());
      return;
    }
    if (written != null) {
      if (target == null) {
        throw CommandFailure.of(
            ErrorKind.USAGE,
            "verify: --write-proof needs the log's name",
            "tidelog verify NAME --write-proof FILE");
      }
      ForkProofs.write(context.tidelog(), target, written, context.output());
      return;
    }
    Tidelog tidelog = context.tidelog();
    Target wanted = target == null ? null : tidelog.target(target);
    List<VerifyReport> reports;
    try (ProgressBar bar = context.output().progressBar()) {
      reports = tidelog.verify(wanted, bar::at);
    }
    for (VerifyReport report : reports) {
      print(report, context.output());
      reportTrouble(report, context);
    }
  }

  private static void reportTrouble(VerifyReport report, Context context) {
    context.output().flush();
    report.problems().forEach(context::report);
    long missing = Ranges.count(report.missing());
    if (missing > 0) {
      context.report(
          new Failure(
              ErrorKind.INCOMPLETE.word(),
              ErrorKind.INCOMPLETE.exitCode(),
              report.name().text()
                  + ": "
                  + Words.count(missing, "entry is", "entries are")
                  + " not here"));
    }
  }

  private static void print(VerifyReport report, Output output) {
    if (output.json()) {
      output.line(fields(report));
      return;
    }
    output.line(
        Printable.line(report.topic())
            + " "
            + report.name().shortText()
            + ": "
            + Words.count(report.entries(), "entry", "entries")
            + " of "
            + Words.number(report.size())
            + " checked, "
            + (report.ok() ? output.paint(Ink.GOOD, "good") : output.paint(Ink.BAD, "wrong")));
  }

  private static Fields fields(VerifyReport report) {
    return new Fields()
        .with("topic", report.topic())
        .with("name", report.name().text())
        .with("size", report.size())
        .with("entries", report.entries())
        .with("ok", report.ok())
        .with("problems", report.problems().stream().map(VerifyCommand::problem).toList())
        .with("missing", Ranges.list(report.missing()));
  }

  static Fields problem(Problem problem) {
    return new Fields()
        .with("error", problem.kind().word())
        .with("what", problem.what())
        .with("where", problem.where());
  }
}
