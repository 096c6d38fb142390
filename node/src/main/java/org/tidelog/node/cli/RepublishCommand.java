package org.tidelog.node.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.Problem;
import org.tidelog.node.RepublishReport;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Failure;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog republish}. */
@Command(
    name = "republish",
    description = {
      "Put known records into the mirror again, of own logs and of those of others, so that they",
      "outlive the two days for which a network keeps them. Needs no key and no passphrase."
    },
    customSynopsis = "tidelog republish [TOPIC|NAME]",
    footer = {
      "",
      "Examples:",
      "  tidelog republish",
      "  tidelog republish trip --mirror kubo:http://127.0.0.1:5001",
      "  tidelog republish k51qzi5uqu5d… --json"
    })
final class RepublishCommand implements Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC|NAME",
      description = "Only this topic, or this log (default: everything known).")
  @Nullable String target;

  @Override
  public void run(Context context) {
    Tidelog tidelog = context.tidelog();
    Target wanted = target == null ? null : tidelog.target(target);
    List<RepublishReport> reports;
    try (ProgressBar bar = context.output().progressBar()) {
      reports = tidelog.republish(wanted, bar::at);
    }
    Set<Failure> failures = new LinkedHashSet<>();
    for (RepublishReport report : reports) {
      print(report, context.output());
      report.problems().forEach(problem -> failures.add(failure(report, problem)));
    }
    context.output().flush();
    failures.forEach(context::report);
    if (reports.isEmpty()) {
      context.output().note("Nothing to republish: no record is known here yet.");
    }
  }

  private static Failure failure(RepublishReport report, Problem problem) {
    Failure failure = Failures.of(problem);
    return switch (problem.kind()) {
      case INCOMPLETE ->
          failure.withHint(report.own() ? "tidelog publish" : "tidelog publish, where it is from");
      case BAD_RECORD -> failure;
      default -> failure.withHint("tidelog doctor");
    };
  }

  private static void print(RepublishReport report, Output output) {
    if (output.json()) {
      output.line(fields(report));
      return;
    }
    String where = report.layers().isEmpty() ? "put nowhere" : "put into " + list(report.layers());
    output.line(
        Printable.line(report.topic())
            + " "
            + report.name().shortText()
            + ": record of "
            + Words.count(report.sequence(), "entry", "entries")
            + " "
            + where
            + ", valid until "
            + Words.minute(report.validUntil()));
    if (!report.newer().isEmpty()) {
      String command = report.own() ? "tidelog publish" : "tidelog fetch";
      output.line("  a newer one is in " + list(report.newer()) + "; try: " + command);
    }
  }

  private static String list(List<String> layers) {
    return Printable.line(String.join(", ", layers));
  }

  private static Fields fields(RepublishReport report) {
    return new Fields()
        .with("topic", report.topic())
        .with("name", report.name().text())
        .with("sequence", report.sequence())
        .with("validUntil", report.validUntil())
        .with("layers", report.layers())
        .with("newer", report.newer())
        .with("millis", report.millis())
        .with("problems", report.problems().stream().map(VerifyCommand::problem).toList());
  }
}
