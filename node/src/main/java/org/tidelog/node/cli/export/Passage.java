package org.tidelog.node.cli.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An entry as a page shows it.
 *
 * @param log name of the log
 * @param author as the log's writer is called
 * @param text what was written; empty where something else is to be said
 * @param note what is said where there is no text, such as {@code deleted}
 * @param parents the entries its author had seen last
 * @param branch 0 or 1 where the log is contested from this position or one before on; else empty
 */
public record Passage(
    String log,
    long seq,
    String author,
    Instant time,
    Optional<String> text,
    String note,
    List<Reference> parents,
    OptionalInt branch) {
  public Passage {
    parents = List.copyOf(parents);
  }

  /** An entry of some log. */
  public record Reference(String log, long seq) {}

  /** What a reader is told of a contested entry. */
  public Optional<String> contested() {
    return branch.isPresent()
        ? Optional.of("contested, branch " + (branch.getAsInt() == 0 ? "a" : "b"))
        : Optional.empty();
  }

  public Reference reference() {
    return new Reference(log, seq);
  }
}
