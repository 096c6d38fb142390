package org.tidelog.node.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.Device;
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
    customSynopsis = "tidelog init [--display-name TEXT] [--no-passphrase]",
    footer = {
      "",
      "Examples:",
      "  tidelog init --display-name Kim",
      "  tidelog init --home /data/tidelog --passphrase-file ~/.tidelog-passphrase"
    })
final class InitCommand implements Action {
  @Option(
      names = "--display-name",
      paramLabel = "TEXT",
      description = "The name others see; it goes, signed, into each log's first statement.")
  @Nullable String displayName;

  @Override
  public void run(Context context) {
    Output output = context.output();
    InitOptions options =
        new InitOptions(context.chosenPassphrase(), Optional.ofNullable(displayName));
    Device device = Tidelog.init(context.home(), options);
    if (context.noPassphrase()) {
      output.warn(
          "no-passphrase",
          "without a passphrase, whoever can read the home can write in this device's name");
    }
    if (output.json()) {
      output.line(
          new Fields().with("peerId", device.peerId()).with("home", device.home().toString()));
    } else {
      output.line("This device is " + device.peerId() + ", at home in " + device.home() + ".");
    }
    output.flush();
    output.note("Next: 'tidelog topic create NAME', or 'tidelog topic join INVITATION'.");
  }
}
