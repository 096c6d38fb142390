package org.tidelog.sim.cli;

import java.io.IOException;
import org.tidelog.sim.results.ResultsException;
import org.tidelog.sim.scenario.ScenarioException;

/** A command that can be run once its options are parsed. */
interface Action {
  /** The exit code. */
  int run(Console console)
      throws ScenarioException, ResultsException, IOException, InterruptedException;
}
