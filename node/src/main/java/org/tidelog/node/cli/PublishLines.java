package org.tidelog.node.cli;

import java.util.List;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.node.PublishReport;
import org.tidelog.node.PublishReport.Figures;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;

/** What a person is told of a publication: what went where, under which name, and how to see it. */
final class PublishLines {
  private PublishLines() {}

  static void print(PublishReport report, Output output) {
    Figures figures = report.figures();
    String what = Words.count(figures.size(), "entry", "entries");
    String name = "";
    if (report instanceof PublishReport.Log log) {
      name = log.name().text();
    } else if (report instanceof PublishReport.Index index) {
      what = "index of " + Words.count(index.logs(), "log", "logs");
      name = index.index().text();
    }
    output.line(
        Printable.line(report.topic())
            + ": "
            + what
            + " published as "
            + name
            + " "
            + written(figures));
    output.line(
        "  in "
            + Printable.line(String.join(", ", figures.layers()))
            + ", valid until "
            + Words.minute(figures.validUntil()));
    if (isOnKubo(figures.layers())) howToSee(name, figures, output);
  }

  private static String written(Figures figures) {
    String bytes = Words.bytes(figures.blockBytes() + figures.recordBytes());
    if (figures.blocksWritten() == 0) return "(" + bytes + " written)";
    String blocks = Words.count(figures.blocksWritten(), "block", "blocks");
    return "(" + blocks + ", " + bytes + " written)";
  }

  private static boolean isOnKubo(List<String> layers) {
    return layers.stream().anyMatch(layer -> layer.startsWith("kubo:"));
  }

  /** A node may go on with an older answer for as long as the record allows. */
  private static void howToSee(String name, Figures figures, Output output) {
    output.line("  see it with: ipfs name resolve --nocache " + name);
    figures
        .root()
        .map(Cid::text)
        .ifPresent(root -> output.line("               ipfs dag get " + root));
  }
}
