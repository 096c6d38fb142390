package org.tidelog.node.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.phrase.RecoveryPhrase;
import org.tidelog.node.Device;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelog init}. */
@Command(
    name = "init",
    description = "Make this device's home, with new keys.",
    customSynopsis = {
      "tidelog init [--display-name TEXT] [--no-passphrase] [--no-recovery-phrase]",
      "       tidelog init --recover [FILE] [--display-name TEXT] [--no-passphrase]"
    },
    footer = {
      "",
      "The recovery phrase is shown this once. With it a new device can prove that it goes on where",
      "this one ended; it opens nothing and decrypts nothing. A backup holds it, too.",
      "",
      "Examples:",
      "  tidelog init --display-name Kim",
      "  tidelog init --home /data/tidelog --passphrase-file ~/.tidelog-passphrase",
      "  tidelog init --recover",
      "  tidelog init --recover words.txt --display-name Kim"
    })
final class InitCommand implements Action {
  @Option(
      names = "--display-name",
      paramLabel = "TEXT",
      description = "The name others see; it goes, signed, into each log's first statement.")
  @Nullable String displayName;

  @Option(
      names = "--recover",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FILE",
      description = {
        "Begin with the recovery phrase of a lost device, so that logs made here continue its logs.",
        "The words are in FILE, in standard input if that is -, else asked for."
      })
  @Nullable String recover;

  @Option(
      names = "--no-recovery-phrase",
      description = "Show no recovery phrase: for devices that nobody will want to recover.")
  boolean noRecoveryPhrase;

  @Override
  public void run(Context context) {
    Output output = context.output();
    RecoveryPhrase phrase = phrase(context);
    InitOptions options =
        InitOptions.defaults()
            .withPassphrase(context.chosenPassphrase())
            .withRecoveryPhrase(phrase);
    if (recover != null) options = options.recovering(phrase);
    if (displayName != null) options = options.withDisplayName(displayName);
    Device device = Tidelog.init(context.home(), options);
    if (context.noPassphrase()) {
      output.warn(
          "no-passphrase",
          "without a passphrase, whoever can read the home can write in this device's name");
    }
    boolean shows = recover == null && !noRecoveryPhrase;
    print(device, shows ? Optional.of(phrase) : Optional.empty(), output);
    output.flush();
    output.note(
        recover == null
            ? "Next: 'tidelog topic create NAME', or 'tidelog topic join INVITATION'."
            : "Next: 'tidelog topic join INVITATION', then 'tidelog fetch', and only then write.");
  }

  private RecoveryPhrase phrase(Context context) {
    if (recover == null) return RecoveryPhrase.random(Entropy.system());
    if (noRecoveryPhrase) {
      throw CommandFailure.of(
          ErrorKind.USAGE,
          "init: --recover and --no-recovery-phrase exclude each other",
          "one of them");
    }
    return RecoveryPhrases.read(recover, context.prompt(), context.standardInput());
  }

  private static void print(Device device, Optional<RecoveryPhrase> phrase, Output output) {
    if (output.json()) {
      output.line(
          new Fields()
              .with("peerId", device.peerId())
              .with("home", device.home().toString())
              .with("recoveryPhrase", phrase.map(RecoveryPhrase::text)));
      return;
    }
    output.line("This device is " + device.peerId() + ", at home in " + device.home() + ".");
    if (!phrase.isPresent()) return;
    output.line("");
    output.line("Its recovery phrase, which is never shown again; keep it on paper, not here:");
    output.line("");
    output.line(RecoveryPhrases.lines(phrase.get()));
    output.line("");
  }
}
