package org.tidelog.node.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.ExportReport;
import org.tidelog.node.NewFile;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog export}. */
@Command(
    name = "export",
    description = "Write a topic or a log into a file: for other devices, or for people.",
    customSynopsis = {
      "tidelog export TOPIC|NAME FILE.car",
      "tidelog export TOPIC|NAME [FILE|-] --format jsonl|text|html"
    },
    footer = {
      "",
      "A CAR file holds what a mirror would: 'tidelog import-car' verifies and reads it, and",
      "'ipfs dag import' takes it too. What private topics say stays encrypted in it; in the other",
      "formats it does not. A file of that name is replaced once the new one is whole.",
      "",
      "Examples:",
      "  tidelog export trip /media/stick/trip.car",
      "  tidelog export trip trip.html --format html",
      "  tidelog export trip - --format jsonl | gzip > trip.jsonl.gz"
    })
final class ExportCommand implements Action {
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(
      index = "0",
      paramLabel = "TOPIC|NAME",
      description = "A topic's name on this device, or a log's.")
  String target = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file; - is standard output, and the default but for car.")
  @Nullable String file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = FormatWords.class,
      description = {
        "car: all that verifies, for other devices (default);",
        "jsonl: a JSON object an entry, as 'read --json' prints and 'import' takes;",
        "text: for reading and printing; html: one page for a browser."
      })
  ExportFormat format = ExportFormat.CAR;

  /** For completion in a shell. */
  static final class FormatWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    FormatWords() {
      super(new Choice<>(ExportFormat.values()).words());
    }
  }

  @Override
  public void run(Context context) {
    Path path = file == null || file.equals(STANDARD_OUTPUT) ? null : path(file);
    refuse(path, context.output());
    Tidelog tidelog = context.tidelog();
    Target wanted = tidelog.target(target);
    if (format == ExportFormat.CAR && path != null) {
      exportCar(tidelog, wanted, path, context);
      return;
    }
    Conversation conversation = new Conversation(tidelog, wanted, context.output());
    if (path == null) {
      Output output = context.output();
      conversation.write(format, output::line, output::readerGone);
      return;
    }
    try (NewFile out = NewFile.at(path)) {
      long entries = conversation.write(format, out::line, () -> false);
      print(path, conversation.fields(), entries, out.finish(), context.output());
    }
  }

  static Path path(String file) {
    try {
      if (!file.isEmpty()) return Path.of(file);
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw CommandFailure.of(
        ErrorKind.USAGE, "'" + file + "': it is no name of a file", "name a file");
  }

  private void refuse(@Nullable Path path, Output output) {
    if (path == null && format == ExportFormat.CAR) {
      throw CommandFailure.of(
          ErrorKind.USAGE,
          "export: a CAR file is not for standard output",
          "name a file, or --format jsonl, text or html");
    }
    if (path == null && output.json() && format != ExportFormat.JSONL) {
      throw CommandFailure.of(
          ErrorKind.USAGE,
          "export: with --json, standard output has only JSON",
          "name a file, or --format jsonl");
    }
  }

  private static void exportCar(Tidelog tidelog, Target wanted, Path path, Context context) {
    ExportReport report;
    try (ProgressBar bar = context.output().progressBar()) {
      report = tidelog.exportCar(wanted, path, bar::at);
    }
    Fields fields = new Fields().with("topic", report.topic());
    if (report.names().size() == 1) fields.with("name", report.names().get(0).text());
    fields.with("names", report.names().stream().map(IpnsName::text).toList());
    print(path, fields, report.entries(), report.bytes(), context.output());
    context.output().flush();
    report.problems().forEach(context::report);
  }

  private static void print(Path path, Fields fields, long entries, long bytes, Output output) {
    if (output.json()) {
      output.line(
          fields.with("file", path.toString()).with("entries", entries).with("bytes", bytes));
      return;
    }
    output.line(
        "Exported "
            + Words.count(entries, "entry", "entries")
            + " to "
            + Printable.line(path.toString())
            + " ("
            + Words.bytes(bytes)
            + ").");
  }
}
