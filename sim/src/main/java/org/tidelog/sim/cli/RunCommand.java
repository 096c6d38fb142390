package org.tidelog.sim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tidelog.sim.report.Report;
import org.tidelog.sim.results.ResultTable;
import org.tidelog.sim.results.ResultsException;
import org.tidelog.sim.run.Row;
import org.tidelog.sim.run.Sweep;
import org.tidelog.sim.scenario.ScenarioException;
import org.tidelog.sim.scenario.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog sim run}. */
@Command(
    name = "run",
    description = {
      "Run scenarios and write what came out: report.html to look at, results.json, results.csv,",
      "manifest.json.",
      "What the folder has already of these runs is not run again."
    })
final class RunCommand implements Action {
  @Parameters(
      arity = "1..*",
      paramLabel = "SCENARIO",
      description = "Files, or names of shipped scenarios.")
  List<String> scenarios = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write to.")
  Path out = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "Instead of the scenario's.")
  @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Change a value, such as availability.uptime='5 %%'.")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--sweep",
      paramLabel = "PATH=V1,V2",
      description = "Run with each of these values.")
  List<String> sweeps = new ArrayList<>();

  @Option(
      names = "--replicates",
      paramLabel = "N",
      description = "Run each N times with other chance, and give confidence intervals.")
  @Nullable Integer replicates;

  @Option(
      names = "--trace",
      paramLabel = "N",
      description = "Write the way of message N (from 0) in the first combination to trace.csv.")
  @Nullable Integer traced;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Runs at a time (default: one a core).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public int run(Console console)
      throws ScenarioException, ResultsException, IOException, InterruptedException {
    List<Suite> suites = new ArrayList<>();
    for (String scenario : scenarios) {
      suites.add(changed(Suite.load(scenario)));
    }
    OptionalLong chosen = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    Sweep sweep = Sweep.of(suites, chosen, out);
    List<Row> rows;
    try {
      rows = sweep.run(Math.max(1, threads), console::progress);
    } finally {
      console.clearProgress();
    }
    Report.write(out, ResultTable.read(out));
    if (traced != null) {
      sweep.trace(traced);
    }
    Summary.print(rows, console);
    return Main.DONE;
  }

  private Suite changed(Suite suite) throws ScenarioException {
    Suite changed = suite;
    for (String set : sets) {
      changed = changed.with(set);
    }
    for (String sweep : sweeps) {
      changed = changed.withSweep(sweep);
    }
    return replicates == null ? changed : changed.with("replicates=" + replicates);
  }
}
