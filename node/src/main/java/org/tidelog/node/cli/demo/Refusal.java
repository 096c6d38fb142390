package org.tidelog.node.cli.demo;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.node.FetchReport;
import org.tidelog.node.Problem;
import org.tidelog.node.cli.output.Fields;

/** What a reader says of a damaged mirror. */
record Refusal(Optional<Problem> problem, long otherLogs) {
  private static final int WRONG_DATA = 3;

  /** Looks for it in what fetching {@code damaged} came to; the other logs are to be complete. */
  static Refusal in(List<FetchReport> reports, IpnsName damaged) {
    Optional<Problem> problem =
        reports.stream()
            .filter(report -> report.name().equals(damaged) && !report.complete())
            .flatMap(report -> report.problems().stream())
            .filter(found -> found.kind().exitCode() == WRONG_DATA)
            .findFirst();
    long others =
        reports.stream()
            .filter(report -> !report.name().equals(damaged) && report.complete())
            .count();
    return new Refusal(problem, others);
  }

  boolean refused() {
    return problem.isPresent();
  }

  Fields fields() {
    return new Fields()
        .with("error", problem.map(found -> found.kind().word()))
        .with("what", problem.map(Problem::what))
        .with("where", problem.map(Problem::where))
        .with("otherLogsComplete", otherLogs);
  }

  String sentence() {
    return problem
        .map(
            found -> "refused: " + found.kind().word() + ", " + found.where() + ": " + found.what())
        .orElse("nobody noticed the damage");
  }
}
