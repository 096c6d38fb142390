package org.tidelog.node.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.DoctorCheck;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Table;
import org.tidelog.node.cli.output.Table.Cell;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog doctor}. */
@Command(
    name = "doctor",
    description = {
      "Say why a name does not resolve or an entry does not arrive: looks at the home and asks each",
      "layer of the mirror, and says what to do first. Changes nothing, needs no passphrase."
    },
    customSynopsis = "tidelog doctor [TOPIC|NAME]",
    footer = {
      "",
      "Examples:",
      "  tidelog doctor",
      "  tidelog doctor trip",
      "  tidelog doctor k51qzi5uqu5d… --mirror gateway:http://127.0.0.1:8080"
    })
final class DoctorCommand implements Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC|NAME",
      description = "Also what each layer has of a topic's logs, or of a log, known here or not.")
  @Nullable String target;

  @Override
  public void run(Context context) {
    List<DoctorCheck> checks = context.tidelog().examine(target);
    Output output = context.output();
    if (output.json()) {
      checks.forEach(check -> output.line(fields(check)));
    } else {
      table(checks).printTo(output);
      output.line("");
      output.line(advice(checks));
    }
    checks.forEach(check -> check.error().ifPresent(kind -> context.exitWith(exitCode(kind))));
  }

  /** Whatever is not wrong is out of reach. */
  private static int exitCode(ErrorKind kind) {
    return kind.exitCode() == ExitCodes.WRONG_DATA ? ExitCodes.WRONG_DATA : ExitCodes.INCOMPLETE;
  }

  private static Table table(List<DoctorCheck> checks) {
    Table table = new Table();
    for (DoctorCheck check : checks) {
      table.row(
          check.ok() ? Cell.of("ok", Ink.GOOD) : Cell.of("FAIL", Ink.BAD),
          Cell.of(check.layer(), Ink.DIM),
          Cell.of(check.check() + check.name().map(name -> " " + name.shortText()).orElse("")),
          Cell.number(Words.millis(check.millis())),
          Cell.of(Printable.line(check.what()) + check.hint().map(DoctorCommand::tail).orElse("")));
    }
    return table;
  }

  private static String tail(String hint) {
    return "; try: " + Printable.line(hint);
  }

  /** A layer that does not answer before what is missing in others, which may follow from it. */
  private static String advice(List<DoctorCheck> checks) {
    Optional<DoctorCheck> first =
        checks.stream()
            .filter(check -> !check.ok() && check.check().equals(DoctorCheck.ANSWERS))
            .findFirst()
            .or(() -> checks.stream().filter(check -> !check.ok()).findFirst());
    if (first.isEmpty()) return "All is well.";
    DoctorCheck check = first.get();
    String hint = check.hint().map(words -> ": " + Printable.line(words)).orElse("");
    return "First see to " + check.layer() + " (" + check.check() + ")" + hint + ".";
  }

  private static Fields fields(DoctorCheck check) {
    return new Fields()
        .with("layer", check.layer())
        .with("check", check.check())
        .with("name", check.name().map(IpnsName::text))
        .with("ok", check.ok())
        .with("error", check.error().map(ErrorKind::word))
        .with("millis", check.millis())
        .with("what", check.what())
        .with("hint", check.hint().orElse(""));
  }
}
