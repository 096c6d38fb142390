package org.tidelog.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.ForkReport;
import org.tidelog.node.NewFile;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;

/** Fork proofs as files: checked by themselves, and written out for others. */
final class ForkProofs {
  private ForkProofs() {}

  /** Says what a proof shows; fails where it does not hold. */
  static void check(Path file, Output output) {
    ForkReport report = ForkReport.check(read(file));
    if (output.json()) {
      output.line(fields(report).with("ok", true));
      return;
    }
    output.line("The proof holds: the author of " + report.name().text() + " contradicts himself.");
    output.line(report.what() + ".");
    report.previous().ifPresent(id -> output.line("  the entry before:  " + id.hex()));
    report.ids().forEach(id -> output.line("  one of the entries: " + id.hex()));
  }

  private static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ForkProof.BYTES_MAX + 1);
    } catch (IOException e) {
      throw Failures.io(Printable.line(file.toString()), e);
    }
  }

  private static Fields fields(ForkReport report) {
    Optional<Long> point =
        report.point().isPresent() ? Optional.of(report.point().getAsLong()) : Optional.empty();
    return new Fields()
        .with("name", report.name().text())
        .with("forkPoint", point)
        .with("previous", report.previous().map(Digest::hex))
        .with("ids", report.ids().stream().map(Digest::hex).toList())
        .with("sizes", report.sizes())
        .with("what", report.what());
  }

  /** Writes the proof against one log to a file that is not there yet. */
  static void write(Tidelog tidelog, String word, Path file, Output output) {
    Target target = tidelog.target(word);
    List<IpnsName> logs = target.name().map(List::of).orElseGet(target.topic()::logs);
    List<IpnsName> contested =
        logs.stream().filter(log -> tidelog.forkProof(log).isPresent()).toList();
    if (contested.size() > 1) throw several(word, contested);
    byte[] proof =
        contested.stream()
            .findFirst()
            .flatMap(tidelog::forkProof)
            .orElseThrow(
                () ->
                    CommandFailure.of(
                        ErrorKind.NOT_FOUND,
                        "cannot write a fork proof of " + word + ": none is known here",
                        "tidelog verify " + word));
    try (NewFile out = NewFile.fresh(file)) {
      out.out().write(proof);
      out.finish();
    } catch (IOException e) {
      throw Failures.io(Printable.line(file.toString()), e);
    }
    if (output.json()) {
      output.line(fields(ForkReport.check(proof)).with("file", file.toString()));
    } else {
      output.line("Written: " + Printable.line(file.toString()) + ", " + proof.length + " bytes.");
    }
  }

  private static CommandFailure several(String word, List<IpnsName> contested) {
    return CommandFailure.of(
        ErrorKind.USAGE,
        "cannot write a fork proof of "
            + word
            + ": "
            + contested.size()
            + " of its logs are contested: "
            + contested.stream().map(IpnsName::text).collect(Collectors.joining(", ")),
        "name one of them: tidelog verify NAME --write-proof FILE");
  }
}
