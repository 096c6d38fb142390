package org.tidelog.node.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Failure;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog import-car}. */
@Command(
    name = "import-car",
    description = "Take in the logs of a CAR file, verified like what comes from a mirror.",
    customSynopsis = "tidelog import-car FILE [--topic TOPIC]",
    footer = {
      "",
      "Logs that are new here are followed. A file that is damaged or cut short is refused before",
      "anything of it is taken; one with gaps brings what it has.",
      "",
      "Examples:",
      "  tidelog import-car /media/stick/trip.car",
      "  tidelog import-car trip.car --topic trip"
    })
final class ImportCarCommand implements Action {
  private static final String HINT = "a newer or more complete file, or 'tidelog fetch'";

  @Parameters(paramLabel = "FILE", description = "The CAR file, as 'tidelog export' writes it.")
  String file = "";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Where its logs are shown (default: where they are known, else under a name).")
  @Nullable String topic;

  @Override
  public void run(Context context) {
    Path path = ExportCommand.path(file);
    Tidelog tidelog = context.tidelog();
    List<FetchReport> reports;
    try (ProgressBar bar = context.output().progressBar()) {
      reports = tidelog.importCar(path, topic, bar::at);
    }
    reports.forEach(report -> print(report, context.output()));
    context.output().flush();
    for (FetchReport report : reports) {
      report.problems().forEach(problem -> context.report(failure(Failures.of(problem))));
      if (!report.complete() && report.problems().isEmpty()) {
        context.report(
            failure(
                new Failure(
                    ErrorKind.INCOMPLETE.word(),
                    ErrorKind.INCOMPLETE.exitCode(),
                    report.name().text() + ": not all of it is in the file")));
      }
    }
  }

  private static Failure failure(Failure failure) {
    return failure.exitCode() == ErrorKind.INCOMPLETE.exitCode() ? failure.withHint(HINT) : failure;
  }

  private void print(FetchReport report, Output output) {
    if (output.json()) {
      output.line(FetchCommand.fields(report).with("file", file).with("bytes", report.bytesRead()));
      return;
    }
    output.line(
        Printable.line(report.topic())
            + " "
            + report.name().shortText()
            + ": "
            + Words.count(report.entries(), "new entry", "new entries")
            + " ("
            + Words.bytes(report.payloadBytes())
            + "), "
            + (report.complete() ? "complete" : "not complete"));
  }
}
