package org.tidelog.node.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.node.Problem;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.PublishReport;
import org.tidelog.node.PublishReport.Figures;
import org.tidelog.node.Tidelog;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog publish}. */
@Command(
    name = "publish",
    description = "Write this device's logs to the mirror, so that others can fetch them.",
    customSynopsis = "tidelog publish [TOPIC] [--index] [--check]",
    footer = {
      "",
      "Examples:",
      "  tidelog publish",
      "  tidelog publish trip --index",
      "  tidelog publish --check --mirror /media/stick/mirror"
    })
final class PublishCommand implements Action {
  @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "Only this topic.")
  @Nullable String topic;

  @Option(
      names = "--index",
      description = "Also publish an index of all logs of the topic, under one name.")
  boolean index;

  @Option(
      names = "--check",
      description = "Read everything in the mirror again, and write what is missing or damaged.")
  boolean check;

  @Override
  public void run(Context context) {
    Tidelog tidelog = context.tidelog();
    Topic target = topic == null ? null : tidelog.target(topic).topic();
    List<PublishReport> reports;
    try (ProgressBar bar = context.output().progressBar()) {
      reports = tidelog.publish(target, new PublishOptions(index, check), bar::at);
    }
    Set<Problem> problems = new LinkedHashSet<>();
    for (PublishReport report : reports) {
      print(report, context.output());
      problems.addAll(report.figures().problems());
    }
    context.output().flush();
    for (Problem problem : problems) {
      context.output().warn(problem.kind().word(), problem.where() + ": " + problem.what());
      // What goes beside a record hinders nothing; a layer that lacks it is something missing.
      int code = problem.kind().exitCode();
      if (code == ExitCodes.INCOMPLETE) context.exitWith(code);
    }
    if (reports.isEmpty()) {
      context.output().note("Nothing to publish: this device has no log yet.");
    }
  }

  private static void print(PublishReport report, Output output) {
    if (output.json()) {
      output.line(fields(report));
      return;
    }
    PublishLines.print(report, output);
  }

  private static Fields fields(PublishReport report) {
    Fields fields = new Fields().with("topic", report.topic());
    if (report instanceof PublishReport.Log log) {
      fields.with("name", log.name().text());
    } else if (report instanceof PublishReport.Index index) {
      fields.with("index", index.index().text()).with("logs", index.logs());
    }
    Figures figures = report.figures();
    return fields
        .with("size", figures.size())
        .with("sequence", figures.sequence())
        .with("validUntil", figures.validUntil())
        .with("root", figures.root().map(Cid::text))
        .with("blocksWritten", figures.blocksWritten())
        .with("blockBytes", figures.blockBytes())
        .with("recordBytes", figures.recordBytes())
        .with("millis", figures.millis())
        .with("layers", figures.layers())
        .with("problems", figures.problems().stream().map(VerifyCommand::problem).toList());
  }
}
