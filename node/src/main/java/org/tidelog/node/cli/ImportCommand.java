package org.tidelog.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.ImportReport;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.imports.ImportFile;
import org.tidelog.node.cli.imports.ImportFormat;
import org.tidelog.node.cli.imports.ImportItem;
import org.tidelog.node.cli.imports.ImportOptions;
import org.tidelog.node.cli.imports.ImportTally;
import org.tidelog.node.cli.imports.MalformedLineException;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog import}. */
@Command(
    name = "import",
    description = "Append the lines of a file to this device's log of a topic.",
    customSynopsis = {
      "tidelog import TOPIC FILE --format irc|jsonl|lines [--author NICK] [--date D] [--lenient]"
    },
    footer = {
      "",
      "The whole file is checked before anything is appended.",
      "",
      "Examples:",
      "  tidelog import trip chat.txt --format irc --author kim --date 2015-08-10",
      "  tidelog import notes notes.txt --format lines",
      "  zcat export.jsonl.gz | tidelog import trip - --format jsonl --lenient"
    })
final class ImportCommand implements Action {
  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The file; - is standard input.")
  String file = "";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      completionCandidates = FormatWords.class,
      description = "irc: a transcript; jsonl: a JSON object a line; lines: an entry a line.")
  ImportFormat format = ImportFormat.LINES;

  @Option(names = "--author", paramLabel = "NICK", description = "irc: only this person's lines.")
  @Nullable String author;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "irc: the first line's day, such as 2015-08-10 (default: 1970-01-01).")
  @Nullable LocalDate date;

  @Option(
      names = "--lenient",
      description = "Skip and count lines that fit nothing instead of stopping at the first.")
  boolean lenient;

  @Override
  public void run(Context context) throws IOException {
    ImportOptions options = options();
    Topic target = context.tidelog().target(topic).topic();
    try (ImportFile lines = open(context, options)) {
      ImportTally tally;
      ImportReport report;
      try (ProgressBar bar = context.output().progressBar()) {
        tally = check(lines, bar);
        report = append(target, lines.items(), tally.entries(), bar);
      }
      print(target, report, tally, context.output());
    }
  }

  private static ImportReport append(
      Topic target, Iterator<ImportItem> items, long total, ProgressBar bar) {
    return target.importEntries(drafts(items), (what, done, unknown) -> bar.at(what, done, total));
  }

  /** For completion in a shell. */
  static final class FormatWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    FormatWords() {
      super(new Choice<>(ImportFormat.values()).words());
    }
  }

  private ImportOptions options() {
    if (file.isEmpty()) {
      throw CommandFailure.of(
          ErrorKind.USAGE, "import: the file's name is empty", "- for standard input");
    }
    if (format != ImportFormat.IRC && (author != null || date != null)) {
      throw CommandFailure.of(
          ErrorKind.USAGE,
          "import: --author and --date are for --format irc",
          "tidelog import --help");
    }
    return new ImportOptions(
        format,
        Optional.ofNullable(author),
        Optional.ofNullable(date).orElse(ImportOptions.DAY_DEFAULT),
        lenient);
  }

  private ImportFile open(Context context, ImportOptions options) {
    try {
      return file.equals("-")
          ? ImportFile.spool(context.standardInput(), context.home(), options)
          : ImportFile.open(Path.of(file), context.home(), options);
    } catch (IOException e) {
      throw Failures.io(file, e);
    }
  }

  private ImportTally check(ImportFile lines, ProgressBar bar) {
    try {
      long size = lines.sizeBytes();
      return lines.check(bytes -> bar.at("checking", bytes, size));
    } catch (MalformedLineException e) {
      throw CommandFailure.of(
          ErrorKind.BAD_INPUT,
          file + ": " + e.getMessage(),
          lenient ? "nothing was appended" : "--lenient skips such lines; nothing was appended");
    } catch (IOException e) {
      throw Failures.io(file, e);
    }
  }

  private static Iterator<Draft> drafts(Iterator<ImportItem> items) {
    AppendOptions options = AppendOptions.defaults();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Draft next() {
        ImportItem item = items.next();
        return new Draft(item.payload(), item.time(), options);
      }
    };
  }

  private static void print(Topic target, ImportReport report, ImportTally tally, Output output) {
    IpnsName name = report.name();
    if (output.json()) {
      output.line(
          new Fields()
              .with("topic", target.label())
              .with("name", name.text())
              .with("entries", report.entries())
              .with("payloadBytes", report.payloadBytes())
              .with("firstSeq", report.firstSeq())
              .with("lastSeq", report.lastSeq())
              .with("skipped", tally.skipped()));
      return;
    }
    String skipped =
        tally.skipped() == 0
            ? ""
            : "; " + Words.count(tally.skipped(), "line", "lines") + " left out";
    output.line(
        "Imported "
            + Words.count(report.entries(), "entry", "entries")
            + " ("
            + Words.bytes(report.payloadBytes())
            + ") into "
            + target.label()
            + skipped
            + ".");
  }
}
