package org.tidelog.node.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.RestoreOptions;
import org.tidelog.node.RestoreReport;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog restore}. */
@Command(
    name = "restore",
    description = "Make a home of a backup.",
    customSynopsis = "tidelog restore FILE [--home DIR] [--backup-passphrase-file F]",
    footer = {
      "",
      "The whole file is checked before anything is written, and the home appears when it is whole.",
      "It is a new device: its logs continue those of the one that made the backup. What was",
      "published after the backup comes with the next 'tidelog fetch', once 'tidelog config set",
      "mirror …' has named the mirror: settings of the old device are not in a backup.",
      "",
      "Examples:",
      "  tidelog restore /media/stick/tidelog.backup",
      "  tidelog restore old.tdlb --home /data/tidelog --backup-passphrase-file ~/.passphrase"
    })
final class RestoreCommand implements Action {
  @Parameters(paramLabel = "FILE", description = "The backup.")
  Path file = Path.of("");

  @Option(
      names = "--backup-passphrase-file",
      paramLabel = "FILE",
      description = "The passphrase that opens the backup (default: that of the new home).")
  @Nullable Path passphraseFile;

  @Override
  public void run(Context context) {
    RestoreOptions options = options(context).withTime(context.timeSource());
    RestoreReport report;
    try (ProgressBar bar = context.output().progressBar()) {
      report = Tidelog.restore(file.toAbsolutePath().normalize(), context.home(), options, bar::at);
    }
    if (context.noPassphrase()) {
      context
          .output()
          .warn(
              "no-passphrase",
              "without a passphrase, whoever can read the home can write in this device's name");
    }
    print(report, context.output());
  }

  private RestoreOptions options(Context context) {
    RestoreOptions options = RestoreOptions.defaults();
    if (passphraseFile != null) {
      return options
          .withPassphrase(context.chosenPassphrase())
          .withBackupPassphrase(
              Passphrases.existing(Optional.of(passphraseFile), context.prompt()));
    }
    // One passphrase for both: that of the backup is asked for once, and goes on to be the home's.
    return context.noPassphrase()
        ? options
            .withPassphrase(context.chosenPassphrase())
            .withBackupPassphrase(Passphrases.existing(Optional.empty(), context.prompt()))
        : options.withPassphrase(context.existingPassphrase());
  }

  private void print(RestoreReport report, Output output) {
    if (output.json()) {
      output.line(
          new Fields()
              .with("file", file.toString())
              .with("entries", report.entries())
              .with("bytes", report.bytes())
              .with("topics", report.topics())
              .with("made", report.made())
              .with("peerId", report.device().peerId())
              .with("home", report.device().home().toString()));
    } else {
      output.line(
          "Restored "
              + Words.count(report.topics(), "topic", "topics")
              + " with "
              + Words.count(report.entries(), "entry", "entries")
              + " to "
              + report.device().home()
              + ".");
      output.line("This is a new device, " + report.device().peerId() + ".");
    }
    output.flush();
    output.note(
        "Next: 'tidelog config set mirror …' with the old device's mirror, which no backup knows;"
            + " then 'tidelog fetch', for what was published after the backup.");
  }
}
