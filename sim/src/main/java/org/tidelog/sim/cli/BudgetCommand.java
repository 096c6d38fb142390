package org.tidelog.sim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tidelog.sim.results.Bound;
import org.tidelog.sim.results.Budget;
import org.tidelog.sim.results.BudgetFile;
import org.tidelog.sim.results.ResultTable;
import org.tidelog.sim.results.ResultsException;
import org.tidelog.sim.run.Numbers;
import org.tidelog.sim.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog sim budget}. */
@Command(name = "budget", description = "Fail if results are not what a budget allows.")
final class BudgetCommand implements Action {
  @Parameters(index = "0", paramLabel = "FILE", description = "Bounds in YAML, or 'smoke'.")
  String file = "";

  @Parameters(index = "1", paramLabel = "RESULTS", description = "A folder that 'run' has written.")
  Path results = Path.of("");

  @Override
  public int run(Console console) throws ScenarioException, ResultsException, IOException {
    Budget budget = BudgetFile.load(file);
    List<Bound.Breach> breaches = budget.breaches(ResultTable.read(results));
    for (Bound.Breach breach : breaches) {
      console.failure("over-budget", words(breach), "");
    }
    if (!breaches.isEmpty()) {
      return Main.FAILED;
    }
    if (console.isJson()) {
      console.object(json -> json.writeNumberField("kept", budget.bounds().size()));
    } else {
      console.line("all " + budget.bounds().size() + " bounds are kept");
    }
    return Main.DONE;
  }

  private static String words(Bound.Breach breach) {
    Bound bound = breach.bound();
    return "sim budget: %s: %s is %s, and may be %s %s (%s)"
        .formatted(
            breach.row().text(),
            bound.column(),
            Double.isNaN(breach.value()) ? "missing" : Numbers.text(breach.value()),
            bound.isMax() ? "at most" : "at least",
            Numbers.text(bound.limit()),
            bound.place());
  }
}
