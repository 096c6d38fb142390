package org.tidelog.sim.cli;

import java.io.IOException;
import java.util.Map;
import org.tidelog.sim.scenario.ScenarioException;
import org.tidelog.sim.scenario.Shipped;
import org.tidelog.sim.scenario.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog sim show}. */
@Command(
    name = "show",
    description = "Print a scenario that comes with the program, to look at or to change.")
final class ShowCommand implements Action {
  @Parameters(paramLabel = "SCENARIO", description = "Its name: see 'tidelog sim list'.")
  String name = "";

  @Override
  public int run(Console console) throws ScenarioException, IOException {
    String text = Shipped.scenario(name).orElse("");
    if (text.isEmpty()) {
      // Says what is wrong with the name.
      Suite.load(name);
      throw new ScenarioException(
          name + ": is a file, and no scenario that comes with the program");
    }
    if (console.isJson()) {
      console.object(Map.of("scenario", name, "text", text));
    } else {
      console.line(text.stripTrailing());
    }
    return Main.DONE;
  }
}
