package org.tidelog.node.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.node.DeleteReport;
import org.tidelog.node.Topic;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tidelog delete}. */
@Command(
    name = "delete",
    description =
        "Delete payloads of this device's log, here and wherever the deletion is fetched.",
    customSynopsis = "tidelog delete TOPIC SEQ…",
    footer = {
      "",
      "The entries stay in the chain, without what they said. Others keep what they copied"
          + " elsewhere.",
      "",
      "Examples:",
      "  tidelog delete trip 12",
      "  tidelog delete trip 12 13 20",
      "  tidelog delete trip 100-2000"
    })
final class DeleteCommand implements Action {
  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic's name on this device.")
  String topic = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SEQ",
      converter = Positions.class,
      description = "Positions of entries, as 'read --json' shows them, or FROM-TO for a run.")
  List<SeqRange> runs = new ArrayList<>();

  /** A position, or the first and the last of a run. */
  static final class Positions implements ITypeConverter<SeqRange> {
    private static final Pattern FORM = Pattern.compile("(\\d+)(?:-(\\d+))?");

    @Override
    public SeqRange convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches())
        throw new TypeConversionException("'" + text + "' is not a whole number");
      long from = seq(form.group(1));
      long last = form.group(2) == null ? from : seq(form.group(2));
      if (from > last) throw new TypeConversionException("'" + text + "' ends before it begins");
      return new SeqRange(from, last + 1);
    }

    /** A number that no entry can have stands for the highest, which none has either. */
    private static long seq(String digits) {
      BigInteger highest = BigInteger.valueOf(Limits.SEQ_MAX);
      return new BigInteger(digits).min(highest).longValueExact();
    }
  }

  @Override
  public void run(Context context) {
    Topic target = context.tidelog().target(topic).topic();
    DeleteReport report = target.deleteRuns(runs);
    Output output = context.output();
    if (output.json()) {
      output.line(
          new Fields()
              .with("topic", target.label())
              .with("name", report.name().text())
              .with("entries", report.entries())
              .with("bytes", report.bytes()));
    } else {
      output.line(
          "Deleted "
              + Words.count(report.entries(), "payload", "payloads")
              + " ("
              + Words.bytes(report.bytes())
              + ") of "
              + Printable.line(target.label())
              + ".");
    }
    output.flush();
    if (report.guessable() > 0) {
      output.warn(
          "guessable",
          Words.count(report.guessable(), "payload was", "payloads were")
              + " not appended with --deletable: whoever has the log can test guesses of what it"
              + " said.");
    }
    output.note("Others learn of it with the next 'tidelog publish'.");
  }
}
