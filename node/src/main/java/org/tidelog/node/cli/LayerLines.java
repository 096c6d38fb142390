package org.tidelog.node.cli;

import java.time.Instant;
import java.util.Optional;
import org.tidelog.node.LayerStatus;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;

/** How a layer of the mirror has fared, as it is shown. */
final class LayerLines {
  private LayerLines() {}

  static String sentence(LayerStatus layer, Instant now) {
    String done =
        layer.name()
            + ": "
            + Words.count(layer.requests(), "request", "requests")
            + ", "
            + Words.bytes(layer.bytesRead())
            + " read, "
            + Words.bytes(layer.bytesWritten())
            + " written, "
            + Words.millis(layer.millis());
    if (layer.failures() == 0) return done + ".";
    return done
        + "; "
        + Words.number(layer.failures())
        + " failed, the last "
        + Words.ago(Instant.ofEpochMilli(layer.lastFailureMillis()), now)
        + ": "
        + Printable.line(layer.lastFailure())
        + ".";
  }

  static Fields fields(LayerStatus layer) {
    boolean failed = layer.failures() > 0;
    return new Fields()
        .with("name", layer.name())
        .with("requests", layer.requests())
        .with("bytesRead", layer.bytesRead())
        .with("bytesWritten", layer.bytesWritten())
        .with("millis", layer.millis())
        .with("failures", layer.failures())
        .with("lastFailure", failed ? Optional.of(layer.lastFailure()) : Optional.empty())
        .with(
            "lastFailureAt",
            failed
                ? Optional.of(Instant.ofEpochMilli(layer.lastFailureMillis()))
                : Optional.empty());
  }
}
