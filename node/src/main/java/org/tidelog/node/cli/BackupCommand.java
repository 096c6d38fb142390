package org.tidelog.node.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.BackupOptions;
import org.tidelog.node.BackupReport;
import org.tidelog.node.Passphrase;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.ProgressBar;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog backup}. */
@Command(
    name = "backup",
    description = "Write everything this device holds, but for its keys, to one encrypted file.",
    customSynopsis = "tidelog backup FILE [--backup-passphrase-file F] [--force]",
    footer = {
      "",
      "In it: topics and their secrets, all entries that are here, large payloads, cursors, the",
      "display name and the recovery key. Not in it: the keys that sign, so a restored device is a",
      "new one whose logs continue the old ones.",
      "",
      "Examples:",
      "  tidelog backup /media/stick/tidelog.backup",
      "  tidelog backup backup-$(date +%F).tdlb --backup-passphrase-file ~/.backup-passphrase"
    })
final class BackupCommand implements Action {
  @Parameters(paramLabel = "FILE", description = "The file to write; it appears when it is whole.")
  Path file = Path.of("");

  @Option(
      names = "--backup-passphrase-file",
      paramLabel = "FILE",
      description = "The passphrase that opens the backup (default: that of the home).")
  @Nullable Path passphraseFile;

  @Option(names = "--force", description = "Replace a file that is there already.")
  boolean force;

  @Override
  public void run(Context context) {
    Tidelog tidelog = context.tidelog();
    BackupOptions options = BackupOptions.defaults();
    Optional<Passphrase> passphrase = passphrase(tidelog, context);
    if (passphrase.isPresent()) options = options.withPassphrase(passphrase.get());
    if (force) options = options.withReplacing();
    BackupReport report;
    try (ProgressBar bar = context.output().progressBar()) {
      report = tidelog.backup(file.toAbsolutePath().normalize(), options, bar::at);
    }
    print(report, context.output());
    report.problems().forEach(context::report);
  }

  /** Of a home without one, a person at the terminal is asked; nobody else can be. */
  private Optional<Passphrase> passphrase(Tidelog tidelog, Context context) {
    boolean unprotected = tidelog.settings().get("passphrase").equals(Optional.of("none"));
    boolean asks = passphraseFile == null && unprotected && context.prompt().isPresent();
    if (passphraseFile == null && !asks) return Optional.empty();
    return Optional.of(Passphrases.chosen(Optional.ofNullable(passphraseFile), context.prompt()));
  }

  private void print(BackupReport report, Output output) {
    if (output.json()) {
      output.line(
          new Fields()
              .with("file", file.toString())
              .with("entries", report.entries())
              .with("bytes", report.bytes()));
    } else {
      output.line(
          "Wrote "
              + Words.count(report.entries(), "entry", "entries")
              + " ("
              + Words.bytes(report.bytes())
              + ") to "
              + file
              + ".");
    }
    output.flush();
    output.note("Only its passphrase opens it: without that it is lost, to you as well.");
  }
}
